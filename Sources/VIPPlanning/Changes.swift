/// What is different after a plan.
public struct Changes: Hashable, Sendable {
    /// Groups that came or went, or whose routers, ledger or number of nodes are different now.
    ///
    /// A group that cannot be read is never among them, since nothing of it is planned.
    public var groups: Set<ObjectName>
    /// Other groups, whose number of free identifiers is different now. One more router changes that of all its neighbours,
    /// which is not worth a write each time.
    public var counts: Set<ObjectName>
    /// Objects whose findings are different now.
    public var subjects: Set<Finding.Subject>

    /// No group and no object unless given.
    public init(
        groups: Set<ObjectName> = [], counts: Set<ObjectName> = [], subjects: Set<Finding.Subject> = []
    ) {
        self.groups = groups
        self.counts = counts
        self.subjects = subjects
    }

    /// Whether nothing is different.
    public var isEmpty: Bool { groups.isEmpty && counts.isEmpty && subjects.isEmpty }
}
