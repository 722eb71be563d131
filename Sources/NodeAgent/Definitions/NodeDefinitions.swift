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
            /// The value of the Secret is longer than a password can be; what counts is its beginning, as with keepalived.
            case passwordCut(PasswordPlace)
            /// Unicast adverts for the node go to an address that the interface does not have: vrrpd, which listens there,
            /// hears none of them. Beside the address the interfaces that have it.
            case addressElsewhere(IPAddress, interface: String, others: [String])
            /// Several interfaces lead to the address that the interface is found by, none of them better than the others.
            case severalInterfaces(towards: InterfaceChoice, chosen: String, others: [String])
            /// The options do not go together with the rest, and are left out.
            case optionsRefused
            /// The definition breaks a rule, in the words of the engine.
            case ruleBroken(String)
            /// The object cannot be read.
            case unreadable(String)
            /// vrrpd keeps the router out of the election for these reasons, whatever the definition says.
            case notTakingPart([RouterFault])
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
    ///   - addresses: The addresses of the node; empty where they are not known.
    ///   - interface: The interface that a choice comes to on the node; nil where there is none.
    public init(
        _ routers: [PlannedRouter], on node: String,
        passwords: [PasswordPlace: SecretPassword] = [:], earlier: [String: VirtualRouterDefinition] = [:],
        addresses: [NodeAddress] = [], interface: (InterfaceChoice) -> FoundInterface?
    ) {
        definitions = Definitions()
        obstacles = []
        let sorted = routers.sorted { ($0.group, $0.objectName) < ($1.group, $1.objectName) }
        // All routers of a group ask for the same, and the answer costs some calls of the kernel.
        var known: [InterfaceChoice: FoundInterface?] = [:]
        for router in sorted {
            guard let member = router.members.first(where: { $0.node == node }) else { continue }
            let before = earlier[router.definitionName]
            let found = known[router.interface] ?? interface(router.interface)
            known[router.interface] = .some(found)
            if let found, !found.others.isEmpty {
                let reason = Obstacle.Reason.severalInterfaces(
                    towards: router.interface, chosen: found.name, others: found.others)
                obstacles.append(Obstacle(router, reason))
            }
            if found == nil { obstacles.append(Obstacle(router, .noInterface(router.interface))) }
            // A route that is gone for now is no reason to leave; the engine sees for itself what the link does.
            guard let found = found?.name ?? before?.interface else { continue }
            var definition = Self.definition(of: router, as: member, interface: found)
            if let place = router.passwordPlace {
                if let password = passwords[place] {
                    definition.authentication = .simpleText(password.password)
                    if password.isCut { obstacles.append(Obstacle(router, .passwordCut(place))) }
                } else {
                    obstacles.append(Obstacle(router, .noPassword(place)))
                    // Without a password the others would not be believed: two nodes would hold the addresses.
                    guard case .simpleText? = before?.authentication else { continue }
                    definition.authentication = before?.authentication ?? .none
                }
            }
            if !definition.apply(options: router.options) { obstacles.append(Obstacle(router, .optionsRefused)) }
            if let reason = Self.deafness(definition, addresses) { obstacles.append(Obstacle(router, reason)) }
            definitions.virtualRouters.append(definition)
        }
    }

    /// Why a router hears no unicast adverts that are meant for the node; nil where it does, or where nobody knows.
    private static func deafness(
        _ definition: VirtualRouterDefinition, _ addresses: [NodeAddress]
    ) -> Obstacle.Reason? {
        guard case .unicast = definition.transport, let own = definition.sourceAddress, !addresses.isEmpty else {
            return nil
        }
        let interfaces = Set(addresses.filter { $0.address == own }.map(\.interface))
        guard !interfaces.contains(definition.interface) else { return nil }
        return .addressElsewhere(own, interface: definition.interface, others: interfaces.sorted())
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

extension [NodeDefinitions.Obstacle.Reason] {
    /// The one that a condition is named after: the first that keeps the node out, else the first. Whoever reads the condition
    /// knows by the name alone whether the node takes part.
    var gravest: NodeDefinitions.Obstacle.Reason? {
        first { !NodeTroubleCondition.harmless.contains($0.name) } ?? first
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
        case .passwordCut(let place):
            "key \(place.source.key) of Secret \(place.namespace)/\(place.source.secret) "
                + NodeTroubleCondition.passwordIsCut
        case .addressElsewhere(let address, let interface, let others):
            "unicast adverts for the node go to \(address), which "
                + (others.isEmpty
                    ? "no interface of the node has" : "\(others.joined(separator: ", ")) has, and not \(interface)")
                + ", so that it hears none; the interface of the group must be the one with the InternalIP of the node, "
                + "or unicastEnabled be false"
        case .severalInterfaces(let choice, let chosen, let others):
            "\(others.joined(separator: ", ")) and \(chosen) lead to \(choice.text) equally well, and \(chosen) is taken, the "
                + "first by name; a metric of the routes, or interface instead of interfaceFromIP, says which is meant"
        case .optionsRefused: "the options in verbatimConfig do not go together with the rest and are left out"
        case .ruleBroken(let problem): problem
        case .unreadable(let problem): problem
        case .notTakingPart(let faults):
            "the node takes no part: \(faults.map(\.description).joined(separator: ", "))"
        }
    }

    /// The same in CamelCase, for conditions.
    public var name: String {
        switch self {
        case .noInterface: "InterfaceMissing"
        case .noPassword: "PasswordMissing"
        case .passwordCut: NodeTroubleCondition.passwordCut
        case .addressElsewhere: "AddressElsewhere"
        case .severalInterfaces: NodeTroubleCondition.severalInterfaces
        case .optionsRefused: NodeTroubleCondition.optionsRefused
        case .ruleBroken: "DefinitionInvalid"
        case .unreadable: "Unreadable"
        case .notTakingPart: NodeTroubleCondition.notTakingPart
        }
    }
}
