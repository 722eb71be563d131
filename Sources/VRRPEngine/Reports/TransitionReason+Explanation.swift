public import VRRP

extension TransitionReason {
    /// Why the state changed, as a clause for people: `the active router was silent`.
    public var explanation: String {
        switch self {
        case .startedAsAddressOwner: "it owns the addresses"
        case .started: "it started and listens first"
        case .activeRouterSilent: "the active router was silent"
        case .activeRouterResigned(let router): "the active router \(router) gave up"
        case .preempted(let router): "the active router \(router) has a lower priority"
        case .higherPriority(let router, let priority): "\(router) has the higher priority \(priority)"
        case .higherAddress(let router): "\(router) has the same priority and the higher address"
        case .stalled(let pause):
            "it did not run for \(pause.rawValue / 1_000_000) ms, so another router must be active"
        case .shutdown: "it no longer takes part"
        case .ceded: "its node is drained, and it gave up"
        case .reclaimed: "its node is drained, but nobody took over when it gave up"
        case .group(let step): "its sync group \(step.explanation)"
        }
    }
}

extension GroupStep {
    /// What the group did, as a clause behind its name.
    var explanation: String {
        switch self {
        case .takeOver: "took over"
        case .makeWay: "made way for a better router"
        case .listen: "did not run for too long"
        case .wait: "waits"
        }
    }
}
