public import KubernetesAPI

/// The conditions that agents write, and the operator reads.
public enum RouterCondition {
    /// The type of the condition that a node holds all addresses.
    public static let ready = "Ready"
    /// Its reason where that is unknown, because the cluster does not hear of the active node: written by the operator, and
    /// replaced by the next word of an agent.
    public static let activeNodeSilent = "ActiveNodeSilent"
    /// The type of the condition that somebody else uses what is a router's.
    public static let conflict = "Conflict"
    /// Its reason where that is the identifier.
    public static let otherRouterHeard = "OtherRouterHeard"
    /// Its reason where that is an address.
    public static let addressClaimed = "AddressClaimed"
    /// The type of the condition that the active node does not take part as planned.
    public static let degraded = "Degraded"
}

extension VirtualRouter {
    /// What the operator says of an active node that the cluster does not hear of; nil where it says nothing.
    public var silenceOfOwner: Condition? {
        guard status?.activeNode != nil, let ready = status?.conditions?[RouterCondition.ready],
            ready.status == "Unknown",
            ready.reason == RouterCondition.activeNodeSilent
        else { return nil }
        return ready
    }

    /// What the active node says of another router that has the identifier as well; nil where it says nothing.
    public var rival: String? {
        guard let condition = status?.conditions?[RouterCondition.conflict], condition.status == "True",
            condition.reason == RouterCondition.otherRouterHeard
        else { return nil }
        return condition.message
    }

    /// What nodes say of a password that is longer than passwords are, whatever else they say; nil where they do not.
    public var cutPassword: String? {
        let conditions = status?.conditions ?? []
        return conditions.lazy.filter { condition in
            condition.status == "True"
                && (condition.type == RouterCondition.degraded || NodeTroubleCondition.node(of: condition.type) != nil)
        }.compactMap { condition in
            guard let end = condition.message.firstRange(of: NodeTroubleCondition.passwordIsCut) else { return nil }
            // The sentences before it end in semicolons, which the name of a Secret does not have.
            let start = condition.message[..<end.lowerBound].lastIndex(of: ";")
            let sentence = condition.message[..<end.upperBound].suffix(
                from: start.map { condition.message.index(after: $0) } ?? condition.message.startIndex)
            return String(sentence.drop { $0 == " " })
        }.first
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
