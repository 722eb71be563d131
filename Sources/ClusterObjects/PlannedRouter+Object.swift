public import KubernetesAPI
public import VIPPlanning
import VRRP

extension KubernetesAPI.VirtualRouter.Spec {
    /// A router of a plan as its object says it.
    public init(_ router: PlannedRouter) {
        self.init(
            group: router.group.name,
            service: VirtualRouter.ServiceReference(namespace: router.service.namespace, name: router.service.name),
            virtualRouterID: Int(router.routerID.rawValue), family: router.family.name,
            version: Int(router.version.rawValue), addresses: router.addresses.map(\.description),
            members: router.members.map { member in
                VirtualRouter.Member(
                    node: member.node, priority: Int(member.priority.rawValue), address: member.address?.description)
            })
        key = router.key
        switch router.interface {
        case .named(let name): interface = name
        case .towards(let address): interfaceFromIP = address.description
        }
        advertisementInterval = router.advertisementInterval.durationText
        preemption = router.preemption.object
        if case .port(let port) = router.health { healthCheckNodePort = port }
        unicast = router.isUnicast ? true : nil
        passwordAuth = router.password.map { KeepalivedGroup.PasswordAuth($0) }
        verbatimConfig = router.options.isEmpty ? nil : router.options
    }
}

extension KeepalivedGroup.PasswordAuth {
    fileprivate init(_ source: PasswordSource) {
        self.init(secretRef: KeepalivedGroup.SecretReference(name: source.secret), secretKey: source.key)
    }
}

extension PlannedRouter {
    /// The router that an object speaks of.
    ///
    /// - Throws: the fields that have no meaning; only an object that the operator has not written has such.
    public init(_ object: KubernetesAPI.VirtualRouter) throws(FieldProblems) {
        var reader = RouterReader(spec: object.spec)
        let spec = object.spec
        let group = ObjectName(object.metadata.namespace ?? "", spec.group)
        let service = ObjectName(spec.service.namespace, spec.service.name)
        let (family, version) = (reader.family(), reader.version())
        let router = PlannedRouter(
            objectName: object.metadata.name, key: spec.key ?? service.description, group: group, service: service,
            family: family, routerID: reader.routerID(), version: version, interface: reader.interface(),
            addresses: reader.addresses(of: family), advertisementInterval: reader.advertisementInterval(version),
            preemption: reader.preemption(), health: reader.health(), password: reader.password(version),
            options: ServiceOptions(spec.verbatimConfig ?? [:]).accepted, isUnicast: spec.unicast ?? false,
            members: reader.members(family))
        guard reader.problems.isEmpty else { throw FieldProblems(reader.problems) }
        self = router
    }
}

/// Reads the fields of a router's object one by one and collects what is wrong.
private struct RouterReader: FieldReader {
    let spec: KubernetesAPI.VirtualRouter.Spec
    var problems: [FieldProblem] = []

    init(spec: KubernetesAPI.VirtualRouter.Spec) { self.spec = spec }

    /// The value, or else a problem and a value that nobody will see.
    private mutating func wanted<Value>(
        _ value: Value?, _ field: String, _ text: some CustomStringConvertible, _ allowed: String, else other: Value
    ) -> Value {
        guard let value else {
            problems.append(FieldProblem("spec.\(field)", text, allowed: allowed))
            return other
        }
        return value
    }

    mutating func family() -> AddressFamily {
        let family = [AddressFamily.ipv4, .ipv6].first { $0.name == spec.family }
        return wanted(family, "family", spec.family, "IPv4 or IPv6", else: .ipv4)
    }

    mutating func version() -> ProtocolVersion {
        let version = UInt8(exactly: spec.version).flatMap(ProtocolVersion.init(rawValue:))
        let isPossible = version != .v2 || spec.family == AddressFamily.ipv4.name
        return wanted(isPossible ? version : nil, "version", spec.version, "3, and 2 for IPv4", else: .v3)
    }

    mutating func routerID() -> VirtualRouterID {
        let identifier = UInt8(exactly: spec.virtualRouterID).flatMap(VirtualRouterID.init(rawValue:))
        if let identifier { return identifier }
        problems.append(FieldProblem("spec.virtualRouterID", spec.virtualRouterID, allowed: "1 to 255"))
        return .first
    }

    mutating func interface() -> InterfaceChoice {
        taken(InterfaceChoice.reading(spec.interface, towards: spec.interfaceFromIP), else: .named(""))
    }

    mutating func addresses(of family: AddressFamily) -> [IPAddress] {
        if spec.addresses.isEmpty || spec.addresses.count > 255 {
            problems.append(FieldProblem("spec.addresses", spec.addresses.count, allowed: "1 to 255 addresses"))
        }
        var addresses: [IPAddress] = []
        for (index, text) in spec.addresses.enumerated() {
            if let address = IPAddress(text), address.family == family {
                addresses.append(address)
            } else {
                problems.append(FieldProblem("spec.addresses[\(index)]", text, allowed: "an \(family.name) address"))
            }
        }
        return addresses
    }

    mutating func advertisementInterval(_ version: ProtocolVersion) -> AdvertisementInterval {
        guard let text = spec.advertisementInterval else { return .default }
        let interval = AdvertisementInterval(durationText: text)
        let isPossible = interval?.isRepresentable(in: version) == true
        return wanted(
            isPossible ? interval : nil, "advertisementInterval", text,
            "10ms to 40.95s with version 3, whole seconds from 1s to 255s with version 2", else: .default)
    }

    mutating func preemption() -> PreemptionPolicy {
        taken(PreemptionPolicy.reading(spec.preemption), else: .sticky)
    }

    mutating func health() -> VIPPlanning.Service.HealthCheck {
        guard let port = spec.healthCheckNodePort else { return .none }
        guard (1...65_535).contains(port) else {
            problems.append(FieldProblem("spec.healthCheckNodePort", port, allowed: "1 to 65535"))
            return .none
        }
        return .port(port)
    }

    func password(_ version: ProtocolVersion) -> PasswordSource? {
        guard version == .v2, let auth = spec.passwordAuth, let name = auth.secretRef.name else { return nil }
        return PasswordSource(secret: name, key: auth.secretKey ?? "password")
    }

    mutating func members(_ family: AddressFamily) -> [PlannedRouter.Member] {
        var members: [PlannedRouter.Member] = []
        for (index, member) in spec.members.enumerated() {
            let place = "spec.members[\(index)]"
            let priority = UInt8(exactly: member.priority).flatMap(Priority.init(rawValue:))
            guard let priority, (1...254).contains(member.priority) else {
                problems.append(FieldProblem("\(place).priority", member.priority, allowed: "1 to 254"))
                continue
            }
            let address = member.address.flatMap { IPAddress($0) }
            if let text = member.address, address?.family != family {
                problems.append(FieldProblem("\(place).address", text, allowed: "an \(family.name) address"))
            }
            members.append(PlannedRouter.Member(node: member.node, priority: priority, address: address))
        }
        if spec.members.isEmpty { problems.append(FieldProblem("spec.members", "", allowed: "one node or more")) }
        // As in ``KubernetesAPI/VirtualRouter/Spec/membersByClaim``; above, each has the place that it is found at.
        return members.sorted { ($1.priority, $0.node) < ($0.priority, $1.node) }
    }
}

extension VirtualRouterID {
    /// The smallest identifier.
    fileprivate static var first: VirtualRouterID {
        guard let first = VirtualRouterID(rawValue: 1) else { preconditionFailure("1 is an identifier") }
        return first
    }
}
