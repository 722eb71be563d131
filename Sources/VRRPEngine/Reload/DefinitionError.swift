/// Why definitions cannot be put in force; those in force stay.
public struct DefinitionError: Error, Hashable, Sendable {
    /// The list that the place is in.
    public var list = List.virtualRouters
    /// The place in the list, from 0.
    public var position: Int
    /// The name of the virtual router, of the sync group or of the interface.
    public var name: String
    /// The field of the definition, as `definitions.json` spells it.
    public var field: String
    /// The value, and what is allowed: a clause that follows the field's name.
    public var problem: String

    /// The lists that definitions consist of, as `definitions.json` spells them.
    public enum List: String, Hashable, Sendable {
        /// The virtual routers.
        case virtualRouters
        /// The groups of virtual routers.
        case syncGroups
        /// What holds for the node, which is no list.
        case node
        /// What the node has in any case; the place is that in the list which the field names.
        case statics
        /// The delays of interfaces.
        case interfaceDelays
    }
}

extension DefinitionError: CustomStringConvertible {
    /// `virtualRouters[0] (VI_1): priority …`: where, then the problem.
    public var description: String {
        guard list != .node else { return "node.\(field) \(problem)" }
        return "\(list.rawValue)[\(position)] (\(name)): \(field) \(problem)"
    }
}
