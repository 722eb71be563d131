/// What is different after a plan.
public struct Changes: Hashable, Sendable {
    /// Groups that came or went, or whose routers, ledger, number of nodes or number of free identifiers are different now.
    ///
    /// A group that cannot be read is never among them, since nothing of it is planned.
    public var groups: Set<ObjectName>
    /// Objects whose findings are different now.
    public var subjects: Set<Finding.Subject>

    /// No group and no object unless given.
    public init(groups: Set<ObjectName> = [], subjects: Set<Finding.Subject> = []) {
        self.groups = groups
        self.subjects = subjects
    }

    /// Whether nothing is different.
    public var isEmpty: Bool { groups.isEmpty && subjects.isEmpty }
}
