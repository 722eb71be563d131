import ControlProtocol
import VRRP
import VRRPEngine

extension InstanceRecord {
    /// What vrrpd's control socket says about a virtual router, with what is known of where its counters stand.
    init(_ status: VirtualRouterStatus, _ columns: CounterColumns) {
        name = status.name
        let own = status.virtualInterface ?? status.interface
        interface = own
        virtualRouterID = Int64(status.virtualRouterID.rawValue)
        state =
            switch status.state {
            case .initialize: status.faults.isEmpty ? .initialize : .fault
            case .backup: .backup
            case .active: .active
            }
        counts = columns.counts(of: status.counters)
        addresses = status.addresses.map { address in
            InstanceAddress(
                text: address.keepalivedText, interface: address.interface ?? own, isExcluded: !address.isAdvertised)
        }
        announcementDelay = status.announcementDelay.rawValue / 1_000_000_000
    }
}

extension AddressStatus {
    /// The first word of an address in keepalived's dumps.
    fileprivate var keepalivedText: String {
        prefixLength == address.family.maximumPrefixLength ? "\(address)" : "\(address)/\(prefixLength)"
    }
}

extension ScriptRecord {
    /// What vrrpd's control socket says about a tracked object; nil where that is no script.
    init?(_ object: TrackedObjectStatus) {
        guard let name = ScriptDefinition.name(trackedAs: object.name) else { return nil }
        self.init(name: name, isGood: object.isGood == true, phase: object.scriptPhase)
    }
}

/// Where the counters of virtual routers stand, and what each counts for: looked up once, for it is the same in all of them.
struct CounterColumns {
    private let columns: [(name: String, place: Int?)]

    /// Learns from one router's counters.
    init(_ counters: CounterList) {
        columns = counters.counters.map { ($0.name, Self.places[$0.name]) }
    }

    /// The counts of an instance in the order of ``InstanceCounter/allCases``.
    func counts(of counters: CounterList) -> [UInt64] {
        var counts = [UInt64](repeating: 0, count: InstanceCounter.allCases.count)
        for (number, counter) in counters.counters.enumerated() {
            let isKnown = number < columns.count && columns[number].name == counter.name
            let place = isKnown ? columns[number].place : Self.places[counter.name]
            if let place { counts[place] &+= counter.value }
        }
        return counts
    }

    private static let places = Dictionary(
        uniqueKeysWithValues: InstanceCounter.allCases.enumerated().flatMap { place, counter in
            counter.controlNames.map { ($0, place) }
        })
}
