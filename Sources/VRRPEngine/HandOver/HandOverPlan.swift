public import VRRP

/// How the active routers of a node hand over before they leave: make before break.
public struct HandOverPlan: Hashable, Sendable {
    /// How long a router offers its part to better ones before it gives up with priority 0; nil for as long as the
    /// backups of each router may need to take over.
    public var timeout: Nanoseconds?
    /// How long the addresses stay after another router has taken over, so that its announcements have landed.
    public var lingerTime: Nanoseconds = .milliseconds(100)

    /// The longest that a router waits in one phase where ``timeout`` says nothing: who stops a node does not wait forever. Nil
    /// waits for as long as the backups may need.
    public var longestWait: Nanoseconds? = .seconds(10)

    /// As long as the protocol needs, and a tenth of a second to linger.
    public init() {}
}

extension HandOverPlan {
    /// How long a router offers its part.
    func timeout(of needed: HandOverTimes) -> Nanoseconds { timeout ?? bounded(needed.offer) }

    /// How long the addresses of a router that gave up wait for its successor.
    func resignationTime(of needed: HandOverTimes) -> Nanoseconds { bounded(needed.resignation) }

    private func bounded(_ wait: Nanoseconds) -> Nanoseconds { longestWait.map { min(wait, $0) } ?? wait }
}

/// How long the backups of a router may need to take over.
struct HandOverTimes: Hashable, Sendable {
    /// From a better router: an Active_Down_Interval with the longest skew, and an interval of margin.
    private(set) var offer: Nanoseconds
    /// From one that gave up: the longest skew.
    private(set) var resignation: Nanoseconds

    /// What a peer, or the node itself, may be late in addition to its timers.
    private static let tolerance: Nanoseconds = .milliseconds(250)

    /// What the backups of one router may need.
    init(of definition: VirtualRouterDefinition) {
        let interval = definition.advertisementInterval.duration
        offer = interval * 3 + definition.longestSkewTime + max(interval, Self.tolerance)
        resignation = definition.longestSkewTime + Self.tolerance
    }

    /// What those of the slowest of some routers may need; nothing where there are none.
    init(ofSlowest definitions: [VirtualRouterDefinition]) {
        let all = definitions.map { HandOverTimes(of: $0) }
        offer = all.map(\.offer).max() ?? .zero
        resignation = all.map(\.resignation).max() ?? .zero
    }
}

extension VirtualRouterDefinition {
    /// More than the Skew_Time of any backup, whatever its priority (RFC 9568, section 6.1; RFC 3768, section 6.1).
    fileprivate var longestSkewTime: Nanoseconds {
        switch version {
        case .v2: .seconds(1)
        case .v3: advertisementInterval.duration
        }
    }
}
