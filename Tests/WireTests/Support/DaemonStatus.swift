import JSONDocument
import VRRP

/// The answer of `vrrpctl status --json`, with what tests ask of it.
///
/// Written for the tests alone and sharing no type with the control protocol, so that a change of what users' programs
/// read does not go unnoticed.
struct DaemonStatus: Sendable {
    /// The whole answer.
    let root: JSONReader
    /// The virtual routers in the order of their definitions.
    let routers: [RouterStatus]
    /// What was received on each interface for no virtual router.
    let receivers: [ReceiverStatus]

    init(_ text: String) throws {
        root = JSONReader(try JSONNode.parse(text))
        routers = try root.member("virtualRouters").elements(RouterStatus.init)
        receivers = try root.member("receivers").elements(ReceiverStatus.init)
    }

    /// Whether the tracked objects outside of the daemon are good, by name; nil before the first word.
    var trackedObjects: [String: Bool?] {
        get throws(JSONFieldError) {
            var objects: [String: Bool?] = [:]
            for object in try root.member("trackedObjects").elements() {
                objects[try object.member("name").string()] = .some(try object.optionalMember("good")?.bool())
            }
            return objects
        }
    }

    /// The virtual router of a name.
    func router(_ name: String = "VR") throws -> RouterStatus {
        guard let router = routers.first(where: { $0.name == name }) else {
            throw root.error("has no virtual router \(name)")
        }
        return router
    }
}

/// What the daemon says about one virtual router.
struct RouterStatus: Sendable {
    let name: String
    let state: VRRPDaemon.State
    /// The addresses that are configured on their interfaces at the moment.
    let presentAddresses: [String]
    /// The interval learned from the active router, in milliseconds; nil except in Backup.
    let learnedInterval: Int?
    /// How far it is with handing over before it leaves; nil while it does not.
    let handOverPhase: String?
    /// The sync group that it belongs to.
    let syncGroup: String?
    /// Whether it would take over but waits for the other members of its sync group.
    let waitsForGroup: Bool
    /// How many faults keep it out of the election.
    let faultCount: Int
    /// The counters that are not 0, by name.
    let counters: [String: Int]

    init(_ reader: JSONReader) throws(JSONFieldError) {
        name = try reader.member("name").string()
        state = try reader.member("state").oneOf([
            "initialize": VRRPDaemon.State.initialize, "backup": .backup, "active": .active,
        ])
        var present: [String] = []
        for address in try reader.member("addresses").elements() where try address.member("present").bool() {
            present.append(try address.member("address").string())
        }
        presentAddresses = present
        learnedInterval = try reader.member("timers").optionalMember("activeAdvertisementIntervalMilliseconds")?
            .integer()
        handOverPhase = try reader.optionalMember("handOver")?.member("phase").string()
        syncGroup = try reader.optionalMember("syncGroup")?.string()
        waitsForGroup = try reader.member("waitsForGroup").bool()
        faultCount = try reader.member("faults").elements().count
        counters = try Counters.nonzero(reader.member("counters"))
    }

    /// The counter of a name.
    func counter(_ name: String) -> Int { counters[name] ?? 0 }

    /// The counters of reasons to discard that are not 0.
    var discards: [String: Int] { counters.filter { Counters.reasons.contains($0.key) } }
}

/// What was received on an interface for no virtual router.
struct ReceiverStatus: Sendable {
    let interface: String
    let family: AddressFamily
    /// The counters that are not 0, by name.
    let counters: [String: Int]

    init(_ reader: JSONReader) throws(JSONFieldError) {
        interface = try reader.member("interface").string()
        family = try reader.member("family").oneOf(["ipv4": AddressFamily.ipv4, "ipv6": .ipv6])
        counters = try Counters.nonzero(reader.member("counters"))
    }
}

/// The names of counters, as RFC 8347 and users' dashboards have them.
enum Counters {
    /// The counters of reasons to discard a packet.
    static let reasons: Set = [
        "ip-header-errors", "destination-errors", "source-errors", "ip-ttl-errors", "packet-length-errors",
        "version-errors", "invalid-type-pkts-rcvd", "vrid-errors", "checksum-errors", "address-list-errors",
        "interval-errors", "invalid-auth-type", "auth-type-mismatch", "auth-failures",
    ]

    fileprivate static func nonzero(_ reader: JSONReader) throws(JSONFieldError) -> [String: Int] {
        var result: [String: Int] = [:]
        for (name, value) in try reader.members() {
            let count: Int = try value.integer()
            if count != 0 { result[name] = count }
        }
        return result
    }
}
