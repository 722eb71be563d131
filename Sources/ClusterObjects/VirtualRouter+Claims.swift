public import KubernetesAPI

extension KubernetesAPI.VirtualRouter.Spec {
    /// The nodes in the order of their claims, the best first; of equal priorities, which the operator never writes, the first
    /// by name.
    ///
    /// The order in an object tells nothing: API servers before 1.24 leave a node in its place in the list when it is given
    /// another priority, and put a new one behind all others.
    public var membersByClaim: [KubernetesAPI.VirtualRouter.Member] {
        members.sorted { ($1.priority, $0.node) < ($0.priority, $1.node) }
    }

    /// Whether another object asks for the same, in whatever order it has the nodes.
    public func means(_ other: Self) -> Bool {
        guard self != other else { return true }
        var (own, others) = (self, other)
        own.members = membersByClaim
        others.members = other.membersByClaim
        return own == others
    }
}
