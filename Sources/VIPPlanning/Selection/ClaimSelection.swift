import VRRP

/// Finds out which virtual routers the Services ask for, each address once, whatever order the objects come in.
struct ClaimSelection {
    private let groups: [ObjectName: AddressGroup]
    private let nodeOfAddress: [IPAddress: String]
    private let holders: [IPAddress: ObjectName]
    /// What the writers of objects should know.
    private(set) var findings: [Finding] = []

    /// - Parameters:
    ///   - groups: The groups of the cluster.
    ///   - nodes: The nodes, whose own addresses no Service may have.
    ///   - holders: The Service that each address belonged to so far.
    init(groups: [ObjectName: AddressGroup], nodes: [Node], holders: [IPAddress: ObjectName]) {
        self.groups = groups
        self.holders = holders
        nodeOfAddress = Dictionary(
            nodes.flatMap { node in node.addresses.map { ($0, node.name) } }, uniquingKeysWith: min)
    }

    /// The claims of all Services, in the order of their names and addresses.
    mutating func claims(of services: [Service]) -> [Claim] {
        let wishes = services.filter { !$0.isTerminating }.sorted { $0.name < $1.name }.compactMap { wish(of: $0) }
        let candidates = candidates(of: wishes)
        return wishes.flatMap { claims(of: $0, candidates) }
    }

    /// A Service with its group and the addresses that it may have.
    private struct Wish {
        var service: Service
        var group: AddressGroup
        var addresses: [IPAddress]
    }

    private mutating func wish(of service: Service) -> Wish? {
        guard let annotation = service.groupAnnotation else { return nil }
        guard let name = ObjectName(annotation) else { return refuse(service, .groupNameMalformed(annotation)) }
        guard let group = groups[name] else { return refuse(service, .groupMissing(name)) }
        guard group.admittedNamespaces?.contains(service.name.namespace) != false else {
            return refuse(service, .namespaceNotAdmitted(name))
        }
        guard service.isLoadBalancer || !service.externalAddresses.isEmpty else {
            return refuse(service, .noLoadBalancer)
        }
        let texts = (service.ingressAddresses + service.externalAddresses).filter { !$0.isEmpty }
        guard !texts.isEmpty else { return refuse(service, .addressPending) }
        let addresses = texts.compactMap { address($0, of: service, in: group) }
        if service.health == .unavailable, !addresses.isEmpty { note(service, .healthUnknown) }
        return Wish(service: service, group: group, addresses: Set(addresses).sorted())
    }

    private mutating func address(_ text: String, of service: Service, in group: AddressGroup) -> IPAddress? {
        guard let address = IPAddress(text) else { return refuse(service, .addressMalformed(text)) }
        guard address.isUnicast, !address.isIPv6LinkLocal else { return refuse(service, .addressUnusable(address)) }
        if let node = nodeOfAddress[address] { return refuse(service, .addressOfNode(address, node: node)) }
        guard group.admittedNetworks?.contains(where: { $0.contains(address) }) != false else {
            return refuse(service, .addressNotAdmitted(address, group: group.name))
        }
        return address
    }

    /// Who wants each address, who gets it first: its holder so far, else the oldest Service, else the first by name.
    private func candidates(of wishes: [Wish]) -> [IPAddress: [ObjectName]] {
        var services: [IPAddress: [Service]] = [:]
        for wish in wishes {
            for address in wish.addresses { services[address, default: []].append(wish.service) }
        }
        var candidates: [IPAddress: [ObjectName]] = [:]
        for (address, services) in services {
            var names = services.sorted { ($0.createdAt, $0.name) < ($1.createdAt, $1.name) }.map(\.name)
            if let holder = holders[address], let place = names.firstIndex(of: holder) {
                names.insert(names.remove(at: place), at: 0)
            }
            candidates[address] = names
        }
        return candidates
    }

    /// The claims of one Service: for each family one, or for each address where it spreads them.
    private mutating func claims(of wish: Wish, _ candidates: [IPAddress: [ObjectName]]) -> [Claim] {
        let service = wish.service
        var addresses: [IPAddress] = []
        for address in wish.addresses {
            guard let names = candidates[address], let owner = names.first else { continue }
            guard owner == service.name else {
                note(service, .addressHeld(address, by: owner))
                continue
            }
            for other in names.dropFirst() { note(service, .addressWanted(address, by: other)) }
            addresses.append(address)
        }
        let lists: [(key: String, addresses: [IPAddress])]
        if service.spreadsAddresses {
            lists = addresses.map { ("\(service.name)/\($0)", [$0]) }
        } else {
            let families = [AddressFamily.ipv4, .ipv6].map { family in addresses.filter { $0.family == family } }
            lists = families.filter { !$0.isEmpty }.map { (service.name.description, $0) }
        }
        return lists.map { list in
            Claim(
                key: list.key, group: wish.group.name, service: service.name, addresses: list.addresses,
                health: service.health, options: service.options)
        }
    }

    private mutating func note(_ service: Service, _ problem: Finding.Problem) {
        findings.append(Finding(.service(service.name), problem))
    }

    private mutating func refuse<Value>(_ service: Service, _ problem: Finding.Problem) -> Value? {
        note(service, problem)
        return nil
    }
}
