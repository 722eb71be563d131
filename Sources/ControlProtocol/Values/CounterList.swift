public import JSONDocument
public import VRRPEngine
import VRRP

/// Counters by name, in a fixed order.
///
/// The names are those of RFC 8347 wherever it has one.
public struct CounterList: Sendable, Equatable {
    /// One counter.
    public struct Counter: Sendable, Hashable {
        /// The name: lower case with hyphens.
        public let name: String
        /// How often it happened since vrrpd started.
        public let value: UInt64
    }

    /// The counters in order; one that is not there has counted nothing.
    public private(set) var counters: [Counter] = []

    /// The counter of a name; 0 where there is none.
    public subscript(name: String) -> UInt64 { counters.first { $0.name == name }?.value ?? 0 }

    /// The counters of a virtual router: adverts, changes of state, announcements, checksum forms, then one for each
    /// reason to discard.
    ///
    /// - Parameter zeros: whether those that have counted nothing are among them.
    public init(_ statistics: RouterStatistics, zeros: Bool = true) {
        add("advertisement-rcvd", statistics.advertisementsReceived)
        add("advertisement-sent", statistics.advertisementsSent)
        add("priority-zero-pkts-rcvd", statistics.priorityZeroReceived)
        add("priority-zero-pkts-sent", statistics.priorityZeroSent)
        add("master-transitions", statistics.becameActive)
        add("active-exits", statistics.leftActive)
        add("contests-won", statistics.contestsWon)
        add("advertisements-while-active", statistics.advertisementsWhileActive)
        add("address-conflicts", statistics.addressConflicts)
        add("address-claims", statistics.addressClaims)
        add("announcements-sent", statistics.announcementsSent)
        add("addresses-restored", statistics.addressesRestored)
        add("address-list-mismatches", statistics.addressListMismatches)
        add("interval-mismatches", statistics.intervalMismatches)
        add("checksum-pseudo-header", statistics.checksumForms.pseudoHeader)
        add("checksum-message-only", statistics.checksumForms.messageOnly)
        add("checksum-pseudo-header-of-group", statistics.checksumForms.pseudoHeaderOfGroup)
        addAll(statistics.discards)
        if !zeros { counters.removeAll { $0.value == 0 } }
    }

    /// One counter for each reason to discard a packet.
    public init(_ discards: DiscardCounters) { addAll(discards) }

    private mutating func addAll(_ discards: DiscardCounters) {
        for reason in DiscardReason.allCases { add(reason.counterName, discards[reason]) }
    }

    private mutating func add(_ name: String, _ value: UInt64) { counters.append(Counter(name: name, value: value)) }
}

extension CounterList: ControlValue {
    /// An object of numbers.
    public var json: JSONValue {
        var object = JSONObject()
        for counter in counters { object.appendDistinct(counter.name, .integer(Int64(clamping: counter.value))) }
        return .object(object)
    }

    /// Reads an object of numbers.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        counters = try reader.counts().map { Counter(name: $0.name, value: UInt64($0.value)) }
    }
}
