import ClusterObjects
public import VIPPlanning
public import VRRP
public import VRRPEngine

/// What the virtual routers of a plan mean to one node: the definitions of its engine.
public struct NodeDefinitions: Equatable, Sendable {
    /// What the engine is told.
    public var definitions: Definitions
    /// What keeps routers of the node from being what the plan wants.
    public var obstacles: [Obstacle]

    /// What keeps a router of the node from being what the plan wants.
    public struct Obstacle: Hashable, Sendable {
        /// The name of the router's object.
        public var router: String
        /// The name of its definition; nil where that is not known.
        public var definition: String?
        /// Why.
        public var reason: Reason

        /// Why.
        public enum Reason: Hashable, Sendable {
            /// The node has no such interface.
            case noInterface(InterfaceChoice)
            /// The Secret, or the key in it, is not there or holds nothing that can be a password.
            case noPassword(PasswordPlace)
            /// The options do not go together with the rest, and are left out.
            case optionsRefused
            /// The definition breaks a rule, in the words of the engine.
            case ruleBroken(String)
            /// The object cannot be read.
            case unreadable(String)
        }

        /// An obstacle.
        public init(router: String, definition: String?, reason: Reason) {
            self.router = router
            self.definition = definition
            self.reason = reason
        }
    }

    /// The part of a node in the routers of a plan; those that it is no member of are left out.
    ///
    /// - Parameters:
    ///   - routers: The routers, of any group, in any order.
    ///   - node: The name of the node.
    ///   - passwords: The passwords that are known.
    ///   - earlier: Definitions from before, by their names: what cannot be found out now is taken from there.
    ///   - interface: The name of the interface that a choice comes to on the node; nil where there is none.
    public init(
        _ routers: [PlannedRouter], on node: String,
        passwords: [PasswordPlace: SimpleTextPassword] = [:], earlier: [String: VirtualRouterDefinition] = [:],
        interface: (InterfaceChoice) -> String?
    ) {
        definitions = Definitions()
        obstacles = []
        let sorted = routers.sorted { ($0.group, $0.objectName) < ($1.group, $1.objectName) }
        for router in sorted {
            guard let member = router.members.first(where: { $0.node == node }) else { continue }
            let before = earlier[router.definitionName]
            var found = interface(router.interface)
            if found == nil {
                obstacles.append(Obstacle(router, .noInterface(router.interface)))
                // A route that is gone for now is no reason to leave; the engine sees for itself what the link does.
                found = before?.interface
            }
            guard let found else { continue }
            var definition = Self.definition(of: router, as: member, interface: found)
            if let place = router.passwordPlace {
                if let password = passwords[place] {
                    definition.authentication = .simpleText(password)
                } else {
                    obstacles.append(Obstacle(router, .noPassword(place)))
                    // Without a password the others would not be believed: two nodes would hold the addresses.
                    guard case .simpleText? = before?.authentication else { continue }
                    definition.authentication = before?.authentication ?? .none
                }
            }
            if !definition.apply(options: router.options) { obstacles.append(Obstacle(router, .optionsRefused)) }
            definitions.virtualRouters.append(definition)
        }
    }

    private static func definition(
        of router: PlannedRouter, as member: PlannedRouter.Member, interface: String
    ) -> VirtualRouterDefinition {
        var definition = VirtualRouterDefinition(
            name: router.definitionName, interface: interface, family: router.family,
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
        if let check = EndpointCheck(of: router) {
            definition.tracking.conditions = [TrackedCondition(.external(check.trackedName), effect: .fault)]
        }
        return definition
    }
}

extension NodeDefinitions.Obstacle {
    init(_ router: PlannedRouter, _ reason: Reason) {
        self.init(router: router.objectName, definition: router.definitionName, reason: reason)
    }
}

extension NodeDefinitions.Obstacle.Reason: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String {
        switch self {
        case .noInterface(.named(let name)): "the node has no interface \(name)"
        case .noInterface(.towards(let address)): "no interface of the node leads to \(address)"
        case .noPassword(let place):
            "key \(place.source.key) of Secret \(place.namespace)/\(place.source.secret) has no password of 1 to 8 octets"
        case .optionsRefused: "the options in verbatimConfig do not go together with the rest and are left out"
        case .ruleBroken(let problem): problem
        case .unreadable(let problem): problem
        }
    }

    /// The same in CamelCase, for conditions.
    public var name: String {
        switch self {
        case .noInterface: "InterfaceMissing"
        case .noPassword: "PasswordMissing"
        case .optionsRefused: NodeTroubleCondition.optionsRefused
        case .ruleBroken: "DefinitionInvalid"
        case .unreadable: "Unreadable"
        }
    }
}
