import VRRP

/// What no two virtual routers of a node may share, and which one has it first.
struct DefinitionUniqueness {
    /// An address on the interface that holds it.
    private struct Holding: Hashable {
        var interface: String
        var address: IPAddress
    }

    private var names: [String: Int] = [:]
    private var keys: [RouterKey: Int] = [:]
    /// The virtual routers of each key that has several, and their positions.
    private var sharers: [RouterKey: (routers: IdentifierSharers, positions: [Int])] = [:]
    private var holdings: [Holding: Int] = [:]
    private var virtualInterfaces: [String: Int] = [:]
    /// Whether several routers may have the same address on an interface.
    private let allowsSharedAddresses: Bool

    /// Nothing is taken; there is room for a number of routers with an address each.
    init(capacity: Int, allowsSharedAddresses: Bool) {
        self.allowsSharedAddresses = allowsSharedAddresses
        names.reserveCapacity(capacity)
        keys.reserveCapacity(capacity)
        holdings.reserveCapacity(capacity)
    }

    /// Whether a virtual router has an address on an interface.
    func holds(_ address: IPAddress, on interface: String) -> Bool {
        holdings[Holding(interface: interface, address: address)] != nil
    }

    /// Takes what a virtual router has.
    ///
    /// - Returns: the first thing that another router has already, as a field and its problem.
    mutating func brokenRule(
        admitting router: VirtualRouterDefinition, at position: Int, of routers: [VirtualRouterDefinition]
    ) -> (field: String, problem: String)? {
        if let first = names.updateValue(position, forKey: router.name) {
            return ("name", "\"\(router.name)\" is also the name of virtualRouters[\(first)]")
        }
        let key = RouterKey(router)
        if let first = keys.updateValue(position, forKey: key) {
            keys[key] = first
            if sharers[key] == nil {
                var alone = IdentifierSharers()
                _ = alone.conflict(admitting: routers[first])
                sharers[key] = (alone, [first])
            }
            if let number = sharers[key]?.routers.conflict(admitting: router) {
                let other = sharers[key]?.positions[number] ?? first
                return (
                    "virtualRouterID",
                    "\(router.virtualRouterID) is also used by virtualRouters[\(other)] on \(router.interface)"
                )
            }
            sharers[key]?.positions.append(position)
        }
        if let name = router.virtualMAC?.name, let first = virtualInterfaces.updateValue(position, forKey: name) {
            return ("virtualMAC.name", "\"\(name)\" is also the interface of virtualRouters[\(first)]")
        }
        let interface = router.addressInterfaceName
        for list in [router.addresses, router.unadvertisedAddresses] {
            for address in list {
                let holding = Holding(interface: address.interface ?? interface, address: address.address)
                if let first = holdings.updateValue(position, forKey: holding),
                    first == position || !allowsSharedAddresses
                {
                    return ("addresses", "\(address.address) also belongs to virtualRouters[\(first)]")
                }
            }
        }
        return nil
    }
}
