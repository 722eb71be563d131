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
    /// What a peer, or the node itself, may be late in addition to its timers.
    private static let tolerance: Nanoseconds = .milliseconds(250)

    /// How long a router offers its part: an Active_Down_Interval with the longest skew, and an interval of margin.
    func timeout(of definition: VirtualRouterDefinition) -> Nanoseconds {
        if let timeout { return timeout }
        let interval = definition.advertisementInterval.duration
        let needed = interval * 3 + definition.longestSkewTime + max(interval, Self.tolerance)
        return bounded(needed)
    }

    /// How long the addresses of a router that gave up wait for its successor: the longest skew.
    func resignationTime(of definition: VirtualRouterDefinition) -> Nanoseconds {
        bounded(definition.longestSkewTime + Self.tolerance)
    }

    private func bounded(_ wait: Nanoseconds) -> Nanoseconds { longestWait.map { min(wait, $0) } ?? wait }
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
