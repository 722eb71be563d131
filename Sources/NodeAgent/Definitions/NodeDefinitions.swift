public import VIPPlanning
import VRRP
public import VRRPEngine

/// What the virtual routers of a plan mean to one node: the definitions of its engine.
public struct NodeDefinitions: Equatable, Sendable {
    /// What the engine is told.
    public var definitions: Definitions
    /// The ports that say whether the node has an endpoint, and what the engine is told of each.
    public var healthChecks: [EndpointCheck]
    /// Routers that the node is a member of and cannot take part in.
    public var obstacles: [Obstacle]

    /// A port of the node that says whether it has an endpoint of a Service.
    public struct EndpointCheck: Hashable, Sendable {
        /// What the engine tracks it as.
        public var trackedName: String
        /// The port.
        public var port: Int
    }

    /// Why the node cannot take part in a router.
    public struct Obstacle: Hashable, Sendable {
        /// The name of the router's object.
        public var router: String
        /// The group that the router belongs to.
        public var group: ObjectName
        /// Where its interface was looked for.
        public var interface: InterfaceChoice
    }

    /// The part of a node in the routers of a plan; those that it is no member of are left out.
    ///
    /// - Parameters:
    ///   - routers: The routers, of any group, in any order.
    ///   - node: The name of the node.
    ///   - generation: The generation of the definitions.
    ///   - interface: The name of the interface that a choice comes to on the node; nil where there is none.
    public init(
        _ routers: [PlannedRouter], on node: String, generation: Int64 = 0,
        interface: (InterfaceChoice) -> String?
    ) {
        definitions = Definitions(generation: generation)
        obstacles = []
        var checks: Set<EndpointCheck> = []
        let sorted = routers.sorted { ($0.group, $0.objectName) < ($1.group, $1.objectName) }
        for router in sorted {
            guard let member = router.members.first(where: { $0.node == node }) else { continue }
            guard let interface = interface(router.interface) else {
                obstacles.append(
                    Obstacle(router: router.objectName, group: router.group, interface: router.interface))
                continue
            }
            definitions.virtualRouters.append(Self.definition(of: router, as: member, interface: interface))
            if case .port(let port) = router.health {
                checks.insert(EndpointCheck(trackedName: Self.trackedName(of: router), port: port))
            }
        }
        healthChecks = checks.sorted { ($0.trackedName, $0.port) < ($1.trackedName, $1.port) }
    }

    private static func definition(
        of router: PlannedRouter, as member: PlannedRouter.Member, interface: String
    ) -> VirtualRouterDefinition {
        var definition = VirtualRouterDefinition(
            name: "\(router.group.name) \(router.key) \(router.family.name)", interface: interface,
            family: router.family,
            virtualRouterID: router.routerID, addresses: router.addresses.map { VirtualAddress($0) })
        definition.version = router.version
        definition.priority = member.priority
        definition.advertisementInterval = router.advertisementInterval
        definition.preemption =
            switch router.preemption {
            case .sticky: .never
            case .delayed(let delay): .delayed(delay)
            case .immediate: .immediate
            }
        // A Service has no link-local address, and is nobody's gateway, which is what that rule is for.
        definition.interoperability.requiresLinkLocalFirst = false
        let peers = router.members.filter { $0.node != member.node }.compactMap(\.address)
        // A router without peers has nobody to speak to; multicast reaches whoever may come.
        if router.isUnicast, !peers.isEmpty {
            definition.transport = .unicast(peers: peers.map { UnicastPeer(address: $0) })
            definition.sourceAddress = member.address
        }
        if case .port = router.health {
            definition.tracking.conditions = [
                TrackedCondition(.external(trackedName(of: router)), effect: .fault)
            ]
        }
        return definition
    }

    private static func trackedName(of router: PlannedRouter) -> String { "endpoints of \(router.service)" }
}
