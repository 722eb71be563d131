public import ControlProtocol
import KubernetesAPI
import VRRP

/// Which identifiers without a router of its own a vrrpd hears at present, by its counts of such adverts.
public struct ForeignRouterWatch: Sendable {
    private struct Heard: Sendable {
        var count: UInt64
        /// When it last grew, in seconds since 1970; nil while it has not been seen to.
        var last: Int64?
    }

    /// How long an identifier counts after its last advert, in seconds: longer than any interval between adverts.
    static let memory: Int64 = 600

    private var process: EngineProcess?
    private var heard: [UInt8: Heard] = [:]

    /// Nothing has been heard.
    public init() {}

    /// Takes what vrrpd says.
    public mutating func take(_ status: NodeStatus) {
        let now = Timestamp(microseconds: status.time.millisecondsSinceEpoch * 1000).seconds
        let next = EngineProcess(status.daemon, at: status.time)
        if next != process {
            // Its counts begin anew, and what was heard before was heard all the same.
            process = next
            for identifier in heard.keys { heard[identifier]?.count = 0 }
        }
        var counts: [UInt8: UInt64] = [:]
        for router in status.receivers.flatMap(\.foreignRouters) where router.virtualRouterID > 0 {
            counts[router.virtualRouterID, default: 0] &+= router.advertisements
        }
        for (identifier, count) in counts {
            let before = heard[identifier]
            let isNew = count > before?.count ?? count
            heard[identifier] = Heard(count: count, last: isNew ? now : before?.last)
        }
        for (identifier, entry) in heard {
            guard let last = entry.last, now - last >= Self.memory || now < last else { continue }
            heard[identifier]?.last = nil
        }
    }

    /// The identifiers, ascending.
    public var identifiers: [Int] { heard.filter { $0.value.last != nil }.keys.sorted().map(Int.init) }
}
