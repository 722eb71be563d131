/// Virtual routers of the node that change their state together: all of them are active here, or none is.
public struct SyncGroupDefinition: Equatable, Sendable {
    /// The name in logs and status; unique among the groups of the node.
    public var name: String
    /// The names of the virtual routers; at least one, each of them in no other group.
    public var members: [String]
    /// What is tracked for all members: a condition that takes a router out of the election takes the group out, and a
    /// weight changes the priority of every member.
    public var conditions: [TrackedCondition]

    /// A group of the named virtual routers.
    public init(name: String, members: [String], conditions: [TrackedCondition] = []) {
        self.name = name
        self.members = members
        self.conditions = conditions
    }
}
