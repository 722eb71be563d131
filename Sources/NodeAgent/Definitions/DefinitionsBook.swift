public import VIPPlanning
public import VRRPEngine

/// Decides what definitions.json of a node shall say, from one state of the routers to the next.
///
/// Nothing that goes wrong with one router touches another one, and what cannot be found out stays as it was.
public struct DefinitionsBook: Sendable {
    /// What the file says; nil before there is one.
    public private(set) var written: Definitions?
    /// What keeps routers from being what the plan wants.
    public private(set) var obstacles: [NodeDefinitions.Obstacle] = []
    /// The ports to ask for what the file says: from the start on, and whatever becomes of the routers that it says it of.
    public private(set) var healthChecks: [EndpointCheck]
    /// The routers of the node by the names of their definitions.
    public private(set) var routers: [String: PlannedRouter] = [:]
    /// The generations of the objects that the definitions follow from, by the objects' names.
    public private(set) var generations: [String: Int] = [:]

    private let node: String

    /// The book of a node.
    ///
    /// - Parameter file: what an earlier process has written; nil where there is nothing, or nothing that can be read.
    public init(node: String, file: Definitions?) {
        self.node = node
        written = file
        healthChecks = EndpointCheck.all(in: file?.virtualRouters ?? [])
    }

    /// Takes a new state of the routers.
    ///
    /// - Parameters:
    ///   - generationInForce: The generation that the engine works by; nil where that is not known. One that is beyond the
    ///     file's is from a file that is lost, and the next one goes beyond it.
    ///   - addresses: The addresses of the node; empty where they are not known.
    ///   - interface: The interface that a choice comes to on the node; nil where there is none.
    /// - Returns: what the file has to say from now on; nil where it says that already.
    public mutating func take(
        _ set: RouterSet, generationInForce: Int64? = nil, addresses: [NodeAddress] = [],
        interface: (InterfaceChoice) -> FoundInterface?
    ) -> Definitions? {
        let before = written?.virtualRouters ?? []
        let earlier = Dictionary(before.map { ($0.name, $0) }) { first, _ in first }
        let wanted = NodeDefinitions(
            set.routers, on: node, passwords: set.passwords, earlier: earlier, addresses: addresses,
            interface: interface)
        obstacles = wanted.obstacles
        let own = set.routers.filter { $0.members.contains { $0.node == node } }
        routers = Dictionary(own.map { ($0.definitionName, $0) }) { first, _ in first }
        generations = set.generations

        var candidates = wanted.definitions.virtualRouters + kept(for: set, besides: wanted, from: before)
        candidates.sort { $0.name < $1.name }
        var definitions = Definitions(virtualRouters: candidates)
        leaveOutInvalid(&definitions, earlier)

        let inFile = written?.generation ?? 0
        let inForce = generationInForce ?? inFile
        definitions.generation = inFile
        guard definitions != written || inForce > inFile else { return nil }
        let last = max(inFile, inForce)
        // Beyond the greatest one there is none; the first is another one as well.
        definitions.generation = last < Definitions.greatestGeneration ? last + 1 : 1
        guard definitions != written else { return nil }
        written = definitions
        healthChecks = EndpointCheck.all(in: definitions.virtualRouters)
        return definitions
    }

    /// The definitions from before that stay because nobody can say now what shall become of them.
    private mutating func kept(
        for set: RouterSet, besides wanted: NodeDefinitions, from before: [VirtualRouterDefinition]
    ) -> [VirtualRouterDefinition] {
        guard !set.unreadable.isEmpty else { return [] }
        for router in set.unreadable {
            obstacles.append(
                NodeDefinitions.Obstacle(
                    router: router.objectName, definition: router.definition, reason: .unreadable(router.problem)))
        }
        let present = Set(wanted.definitions.virtualRouters.map(\.name)).union(set.routers.map(\.definitionName))
        let named = Set(set.unreadable.compactMap(\.definition))
        // An object that does not even say which router it is has a name by which its definition is known.
        let nameless = Set(
            set.unreadable.filter { $0.definition == nil }.map { ObjectName($0.namespace, $0.objectName) })
        let namespaces = Set(nameless.map(\.namespace))
        return before.filter { definition in
            guard !present.contains(definition.name) else { return false }
            if named.contains(definition.name) { return true }
            return namespaces.contains { namespace in
                PlannedRouter.objectName(ofDefinition: definition, in: namespace).map {
                    nameless.contains(ObjectName(namespace, $0))
                } ?? false
            }
        }
    }

    /// Replaces definitions that break a rule by what they were before, or leaves them out.
    private mutating func leaveOutInvalid(
        _ definitions: inout Definitions, _ earlier: [String: VirtualRouterDefinition]
    ) {
        while true {
            do throws(DefinitionError) {
                return try definitions.validate()
            } catch {
                guard error.list == .virtualRouters, definitions.virtualRouters.indices.contains(error.position) else {
                    return
                }
                let name = definitions.virtualRouters[error.position].name
                obstacles.append(
                    NodeDefinitions.Obstacle(
                        router: routers[name]?.objectName ?? name, definition: name,
                        reason: .ruleBroken("\(error.field) \(error.problem)")))
                if let before = earlier[name], before != definitions.virtualRouters[error.position] {
                    definitions.virtualRouters[error.position] = before
                } else {
                    definitions.virtualRouters.remove(at: error.position)
                }
            }
        }
    }
}
