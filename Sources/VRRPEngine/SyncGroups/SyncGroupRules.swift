/// What sync groups must not be: of unknown routers, empty, or two for one router.
struct SyncGroupRules {
    private let routers: Set<String>
    private var names: [String: Int] = [:]
    private var groupOfMember: [String: Int] = [:]

    /// Rules for groups of the given virtual routers.
    init(_ routers: [VirtualRouterDefinition]) { self.routers = Set(routers.map(\.name)) }

    /// Takes a group.
    ///
    /// - Returns: the first rule that it breaks by itself or beside those taken before, as a field and its problem.
    mutating func brokenRule(
        admitting group: SyncGroupDefinition, at position: Int
    ) -> (field: String, problem: String)? {
        guard !group.name.isEmpty else { return ("name", "is empty") }
        if let first = names.updateValue(position, forKey: group.name) {
            return ("name", "\"\(group.name)\" is also the name of syncGroups[\(first)]")
        }
        guard !group.members.isEmpty else { return ("members", "is empty; a group has at least one member") }
        for member in group.members {
            guard routers.contains(member) else {
                return ("members", "names \"\(member)\", which is no virtual router")
            }
            guard let first = groupOfMember.updateValue(position, forKey: member) else { continue }
            return (
                "members",
                first == position
                    ? "names \"\(member)\" twice"
                    : "names \"\(member)\", which is also a member of syncGroups[\(first)]"
            )
        }
        return group.conditions.lazy.compactMap(\.problem).first.map { (field: "conditions", problem: $0) }
    }
}
