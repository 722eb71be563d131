public import KubernetesAPI

/// What the operator reads in the conditions that agents write.
public enum RouterCondition {
    /// The type of the condition that somebody else uses what is a router's.
    public static let conflict = "Conflict"
    /// Its reason where that is the identifier.
    public static let otherRouterHeard = "OtherRouterHeard"
    /// The type of the condition that the active node does not take part as planned.
    public static let degraded = "Degraded"
}

extension VirtualRouter {
    /// What the active node says of another router that has the identifier as well; nil where it says nothing.
    public var rival: String? {
        guard let condition = status?.conditions?[RouterCondition.conflict], condition.status == "True",
            condition.reason == RouterCondition.otherRouterHeard
        else { return nil }
        return condition.message
    }

    /// What nodes say of a password that is longer than passwords are; nil where they say nothing.
    public var cutPassword: String? {
        status?.conditions?.first { condition in
            condition.status == "True" && condition.reason == NodeTroubleCondition.passwordCut
                && (condition.type == RouterCondition.degraded || NodeTroubleCondition.node(of: condition.type) != nil)
        }?.message
    }

    /// How long what a node hears counts without another word, in seconds.
    public static let foreignRoutersMemory: Int64 = 900

    /// The identifiers of others that a node hears at present; whoever writes them writes what they want, within bounds.
    ///
    /// - Parameter now: The time in seconds since 1970. Clocks of nodes may differ from it by no more than what is heard counts.
    public func foreignRouterIDs(at now: Int64) -> [Int] {
        guard let foreign = status?.foreignRouters, foreignRoutersEnd(after: now) != nil else { return [] }
        return foreign.virtualRouterIDs
    }

    /// When what a node hears counts no longer, in seconds since 1970; nil where it does not.
    public func foreignRoutersEnd(after now: Int64) -> Int64? {
        guard let seen = status?.foreignRouters?.observed.seconds, abs(now - seen) < Self.foreignRoutersMemory else {
            return nil
        }
        return seen + Self.foreignRoutersMemory
    }
}
