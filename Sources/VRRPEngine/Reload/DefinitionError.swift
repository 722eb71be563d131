/// Why definitions cannot be put in force; those in force stay.
public struct DefinitionError: Error, Hashable, Sendable {
    /// The place among the virtual routers, from 0.
    public var position: Int
    /// The name of the virtual router.
    public var router: String
    /// The field of the definition, as `definitions.json` spells it.
    public var field: String
    /// The value, and what is allowed: a clause that follows the field's name.
    public var problem: String
}

extension DefinitionError: CustomStringConvertible {
    /// `virtualRouters[0] (VI_1): priority …`: where, then the problem.
    public var description: String { "virtualRouters[\(position)] (\(router)): \(field) \(problem)" }
}
