/// What the node has for as long as the program runs, whatever its virtual routers do.
public struct StaticDefinitions: Equatable, Sendable {
    /// Addresses, each with its interface.
    public var addresses: [StaticEntry<VirtualAddress>] = []
    /// Routes, configured behind the addresses.
    public var routes: [StaticEntry<VirtualRoute>] = []
    /// Rules, configured behind the routes.
    public var rules: [StaticEntry<VirtualRule>] = []
    /// Which virtual routers depend on them.
    public var trackGroups: [TrackGroupDefinition] = []

    /// The node has nothing.
    public init() {}

    /// Whether the node has nothing.
    public var isEmpty: Bool { addresses.isEmpty && routes.isEmpty && rules.isEmpty }

    /// The routes, then the rules, each with its track group.
    var routing: [StaticEntry<RoutingEntry>] {
        routes.map { StaticEntry(.route($0.value), trackGroup: $0.trackGroup) }
            + rules.map { StaticEntry(.rule($0.value), trackGroup: $0.trackGroup) }
    }
}

/// Something that the node has in any case, and who depends on it.
public struct StaticEntry<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The address, route or rule.
    public var value: Value
    /// The group of virtual routers that are out of the election while it cannot be there; nil for none.
    public var trackGroup: String?

    /// An entry that no virtual router depends on unless a group is given.
    public init(_ value: Value, trackGroup: String? = nil) {
        self.value = value
        self.trackGroup = trackGroup
    }
}

/// Virtual routers that depend on something that the node has.
public struct TrackGroupDefinition: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The names of the virtual routers.
    public var virtualRouters: [String]

    /// A group of virtual routers.
    public init(name: String, virtualRouters: [String]) {
        self.name = name
        self.virtualRouters = virtualRouters
    }
}
