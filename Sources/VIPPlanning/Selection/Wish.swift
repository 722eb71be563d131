import VRRP

/// The addresses that a Service may have as far as it and its group go; whether another Service has them is not asked here.
struct Wish: Sendable {
    /// The group that is to have routers for them; nil where none are to be planned.
    private(set) var group: ObjectName?
    /// The addresses, in order, each once.
    private(set) var addresses: [IPAddress] = []
    /// What the writer of the Service should know.
    private(set) var problems: [Finding.Problem] = []

    /// How many addresses of a Service are looked at: both families of a router four times over, so that what one Service
    /// costs all others has an end.
    static let mostAddresses = 1024

    /// What a Service that asks for nothing wants.
    init() {}

    /// - Parameters:
    ///   - service: A Service that names a group.
    ///   - group: The name of the group and what is known of it; nil of what does not exist.
    ///   - surroundings: What belongs to somebody already.
    init(of service: Service, _ group: (name: ObjectName, standing: GroupStanding?), _ surroundings: Surroundings) {
        switch group.standing {
        case nil: problems = [.groupMissing(group.name)]
        case .unreadable:
            problems = [.groupUnreadable(group.name)]
            // Nobody takes the routers away that the group has, so that their addresses are not free for others.
            addresses = Set(service.addressTexts.prefix(Self.mostAddresses).compactMap { IPAddress($0) })
                .filter { surroundings.holders[$0] == AddressHolder(service.name, by: group.name) }.sorted()
        case .readable(let readable): ask(for: service, readable, surroundings)
        }
    }

    /// A Service whose annotation is not the name of a group.
    init(malformed annotation: String) { problems = [.groupNameMalformed(annotation.quoted)] }

    /// What belongs to somebody already.
    struct Surroundings {
        /// The node that each address of a node belongs to.
        var nodeOfAddress: [IPAddress: String]
        /// Who has each address.
        var holders: [IPAddress: AddressHolder]
    }

    private mutating func ask(for service: Service, _ group: AddressGroup, _ surroundings: Surroundings) {
        guard group.admittedNamespaces?.contains(service.name.namespace) != false else {
            problems = [.namespaceNotAdmitted(group.name)]
            return
        }
        guard service.isLoadBalancer || !service.externalAddresses.isEmpty else {
            problems = [.noLoadBalancer]
            return
        }
        let texts = service.addressTexts
        guard !texts.isEmpty else {
            problems = [.addressPending]
            return
        }
        self.group = group.name
        var found: Set<IPAddress> = []
        if texts.count > Self.mostAddresses {
            problems.append(.addressesNotLookedAt(surplus: texts.count - Self.mostAddresses))
        }
        for text in texts.prefix(Self.mostAddresses) {
            switch Self.address(text, of: service.name, in: group, surroundings) {
            case .success(let address):
                found.insert(address)
                if let node = surroundings.nodeOfAddress[address] {
                    problems.append(.addressAlsoOfNode(address, node: node))
                }
            case .failure(let refusal): problems.append(refusal.problem)
            }
        }
        addresses = found.sorted()
        if let interval = service.advertisementInterval, interval < group.advertisementInterval {
            problems.append(.intervalTooShort(interval, least: group.advertisementInterval))
        }
        if service.health == .unavailable, !addresses.isEmpty { problems.append(.healthUnknown) }
    }

    /// Why an address is not to be had.
    private struct Refusal: Error {
        var problem: Finding.Problem
    }

    private static func address(
        _ text: String, of service: ObjectName, in group: AddressGroup, _ surroundings: Surroundings
    ) -> Result<IPAddress, Refusal> {
        func refuse(_ problem: Finding.Problem) -> Result<IPAddress, Refusal> { .failure(Refusal(problem: problem)) }
        guard let address = IPAddress(text) else { return refuse(.addressMalformed(text.quoted)) }
        guard address.canBeOfService else { return refuse(.addressUnusable(address)) }
        guard group.admittedNetworks?.contains(where: { $0.contains(address) }) != false else {
            return refuse(.addressNotAdmitted(address, group: group.name))
        }
        // The node that holds the address may well report it as one of its own. Who has it keeps it: to take it away
        // because of that would take it from every node. Asked last, for whoever is refused anything has it no longer.
        if surroundings.holders[address]?.service != service, let node = surroundings.nodeOfAddress[address] {
            return refuse(.addressOfNode(address, node: node))
        }
        return .success(address)
    }
}

extension Service {
    /// The addresses as they are written.
    fileprivate var addressTexts: [String] { (ingressAddresses + externalAddresses).filter { !$0.isEmpty } }
}

extension String {
    /// As much of a text of strangers as a sentence has room for.
    fileprivate var quoted: String { String(prefix(80)) }
}

extension IPAddress {
    /// Whether hosts beyond the link can speak to the address as one of a host: it is not unspecified, loopback, link-local,
    /// multicast or broadcast, and no IPv4 address in the clothes of IPv6 (RFC 6890).
    fileprivate var canBeOfService: Bool {
        guard isUnicast else { return false }
        return switch self {
        case .v4(let address): address.rawValue >> 24 != 0 && address.rawValue >> 16 != 169 << 8 | 254
        case .v6(let address): !address.isLinkLocal && !(address.high == 0 && address.low >> 32 == 0xffff)
        }
    }
}
