public import KubernetesAPI
public import VIPPlanning
public import VRRP

extension AddressGroup {
    /// What a KeepalivedGroup asks of the planner.
    ///
    /// - Parameters:
    ///   - object: The object.
    ///   - inheritedVersion: The version of its IPv4 routers where neither `spec.version` nor a `vrrp_version` of
    ///     `verbatimConfig` says it; 2 for groups that keepalived-operator has made.
    /// - Throws: the fields that have no meaning. The group is not to be planned by anything else then: what was in force
    ///   stays.
    public init(_ object: KeepalivedGroup, inheritedVersion: ProtocolVersion = .v3) throws(FieldProblems) {
        var reader = GroupReader(spec: object.spec ?? KeepalivedGroup.Spec())
        let name = ObjectName(object.metadata.namespace ?? "", object.metadata.name)
        let options = reader.options
        self.init(
            name,
            interface: reader.taken(
                InterfaceChoice.reading(reader.spec.interface, towards: reader.spec.interfaceFromIP), else: .named("")))
        nodeSelector = reader.spec.nodeSelector ?? [:]
        version = reader.version() ?? inheritedVersion
        advertisementInterval = reader.advertisementInterval(version)
        preemption = reader.taken(PreemptionPolicy.reading(reader.spec.preemption), else: .sticky)
        isUnicast = reader.spec.unicastEnabled ?? false
        excludedRouterIDs = reader.excludedRouterIDs()
        password = reader.password()
        self.options = options.accepted
        admittedNamespaces = reader.spec.allowedNamespaces.map(Set.init)
        admittedNetworks = reader.admittedNetworks()
        guard reader.problems.isEmpty else { throw FieldProblems(reader.problems) }
    }
}

/// Reads the fields of a group one by one and collects what is wrong.
private struct GroupReader: FieldReader {
    let spec: KeepalivedGroup.Spec
    let options: GroupOptions
    var problems: [FieldProblem] = []

    init(spec: KeepalivedGroup.Spec) {
        self.spec = spec
        options = GroupOptions(spec.verbatimConfig ?? [:])
    }

    mutating func version() -> ProtocolVersion? {
        let wish = VersionWish(spec, options)
        if case .specified? = wish { return wish?.version }
        if let number = spec.version { problems.append(FieldProblem("spec.version", number, allowed: "2 or 3")) }
        return wish?.version
    }

    mutating func advertisementInterval(_ version: ProtocolVersion) -> AdvertisementInterval {
        guard let text = spec.advertisementInterval else { return AddressGroup.defaultInterval }
        let field = "spec.advertisementInterval"
        let interval = AdvertisementInterval(durationText: text)
        let isInRange = interval?.isRepresentable(in: version) == true
        guard let interval, isInRange else {
            let allowed =
                switch version {
                case .v2: "1s to 255s in whole seconds, which is what version 2 can say"
                case .v3: "10ms to 40.95s in steps of 10ms"
                }
            problems.append(FieldProblem(field, text, allowed: allowed))
            return AddressGroup.defaultInterval
        }
        return interval
    }

    mutating func excludedRouterIDs() -> Set<VirtualRouterID> {
        // What no router can have needs no excluding; FieldWithoutEffect tells of it.
        Set((spec.blacklistRouterIDs ?? []).compactMap { UInt8(exactly: $0).flatMap(VirtualRouterID.init(rawValue:)) })
    }

    mutating func password() -> PasswordSource? {
        guard let name = spec.passwordAuth?.secretRef.name, !name.isEmpty else { return nil }
        let key = spec.passwordAuth?.secretKey ?? ""
        return PasswordSource(secret: name, key: key.isEmpty ? "password" : key)
    }

    mutating func admittedNetworks() -> [AddressRange]? {
        guard let texts = spec.allowedNetworks else { return nil }
        var networks: [AddressRange] = []
        for (index, text) in texts.enumerated() {
            if let network = AddressRange(text) {
                networks.append(network)
            } else {
                let allowed = "a network such as 192.0.2.0/24, no bit set behind the prefix"
                problems.append(FieldProblem("spec.allowedNetworks[\(index)]", text, allowed: allowed))
            }
        }
        return networks
    }
}
