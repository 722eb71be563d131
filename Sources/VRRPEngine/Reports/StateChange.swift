public import VRRP

/// A change of state as it is told to whoever watches: the state machine's, and who else had a part in it.
public struct StateChange: Hashable, Sendable {
    /// The state that was left.
    public var from: VirtualRouterState.Name
    /// The state that was entered.
    public var to: VirtualRouterState.Name
    /// Why.
    public var reason: TransitionReason
    /// The member of the sync group that decided; nil where the router did itself.
    public var cause: SyncGroupCause?
    /// The other router that had a part in it, as its last advert described it: the one that is better, or that was active
    /// before; nil where none is known.
    public var peer: HeardAdvert?

    /// A change from one state to another.
    public init(
        from: VirtualRouterState.Name, to: VirtualRouterState.Name, reason: TransitionReason,
        cause: SyncGroupCause? = nil, peer: HeardAdvert? = nil
    ) {
        self.from = from
        self.to = to
        self.reason = reason
        self.cause = cause
        self.peer = peer
    }

    /// A change of the state machine.
    init(
        _ transition: VirtualRouterOutcome.Transition, cause: SyncGroupCause? = nil, peer: HeardAdvert? = nil
    ) {
        self.init(from: transition.from, to: transition.to, reason: transition.reason, cause: cause, peer: peer)
    }
}

/// Who sent an advert, and with which priority.
public struct HeardAdvert: Hashable, Sendable {
    /// The sender.
    public var source: IPAddress
    /// The priority; 0 where the sender gave up.
    public var priority: UInt8

    /// An advert.
    public init(source: IPAddress, priority: UInt8) {
        self.source = source
        self.priority = priority
    }
}

/// Which member of a sync group decided for all of them.
public struct SyncGroupCause: Hashable, Sendable {
    /// The name of the group.
    public var group: String
    /// The name of the virtual router that decided.
    public var member: String

    /// A member of a group.
    public init(group: String, member: String) {
        self.group = group
        self.member = member
    }
}

extension StateChange {
    /// Why, as a clause for people: `the active router was silent`, `R1 of the same group SG took over`.
    public var explanation: String {
        guard case .group(let step) = reason, let cause else { return reason.explanation }
        return "\(cause.member) of the same group \(cause.group) \(step.explanation)"
    }
}
