import VRRP

/// The interfaces of the node, as far as the kernel has told; addresses of virtual routers are kept apart from it.
struct InterfaceTable: Sendable {
    /// The interfaces by their number.
    private(set) var interfaces: [Int32: HostInterface] = [:]
    private var indexByName: [String: Int32] = [:]

    /// The interface of a name.
    subscript(name: String) -> HostInterface? { indexByName[name].flatMap { interfaces[$0] } }

    /// The interface of a number.
    subscript(index: Int32) -> HostInterface? { interfaces[index] }

    /// Notes a new interface or a change of a known one, whose addresses stay as they were.
    ///
    /// - Returns: whether anything differs from before.
    mutating func update(_ interface: HostInterface) -> Bool {
        var new = interface
        if let known = interfaces[interface.index] {
            new.addresses = known.addresses
            if new == known { return false }
            if known.name != new.name, indexByName[known.name] == known.index { indexByName[known.name] = nil }
        }
        interfaces[new.index] = new
        indexByName[new.name] = new.index
        return true
    }

    /// Forgets an interface.
    mutating func remove(_ index: Int32) -> HostInterface? {
        guard let interface = interfaces.removeValue(forKey: index) else { return nil }
        if indexByName[interface.name] == index { indexByName[interface.name] = nil }
        return interface
    }

    /// Notes a new address or a change of a known one; returns whether anything differs from before.
    mutating func set(_ address: HostAddress, on index: Int32) -> Bool {
        guard let position = interfaces[index]?.addresses.firstIndex(where: { $0.address == address.address }) else {
            interfaces[index]?.addresses.append(address)
            return interfaces[index] != nil
        }
        if interfaces[index]?.addresses[position] == address { return false }
        interfaces[index]?.addresses[position] = address
        return true
    }

    /// Forgets an address; returns it where it was known.
    mutating func removeAddress(_ address: IPAddress, on index: Int32) -> HostAddress? {
        guard let position = interfaces[index]?.addresses.firstIndex(where: { $0.address == address }) else {
            return nil
        }
        return interfaces[index]?.addresses.remove(at: position)
    }

    /// Whether any interface has a hardware address.
    func hasHardwareAddress(_ macAddress: MACAddress) -> Bool {
        interfaces.values.contains { $0.macAddress == macAddress }
    }

    /// Whether any interface has an address that may be used already.
    func has(_ address: IPAddress) -> Bool {
        interfaces.values.contains { $0.addresses.contains { $0.address == address && !$0.isTentative } }
    }

    /// The address that adverts of a family come from: the primary IPv4 address, or the first link-local IPv6 address
    /// (RFC 9568, sections 5.1.1.1 and 5.1.2.1). Virtual addresses are not in the table and so never chosen.
    ///
    /// - Parameters:
    ///   - isRouted: adverts go to peers beyond the link, so that an IPv6 address must not be link-local.
    ///   - owners: whose the tags are; the virtual addresses of other engines are in the table, and not chosen either.
    func primaryAddress(
        _ family: AddressFamily, on index: Int32, isRouted: Bool, besides owners: AddressOwners
    ) -> IPAddress? {
        interfaces[index]?.addresses.first {
            guard $0.address.family == family, !$0.isTentative, !owners.isForeign($0) else { return false }
            switch family {
            case .ipv4: return !$0.isSecondary && $0.address.isUnicast
            case .ipv6: return $0.address.isIPv6LinkLocal != isRouted && $0.address.isUnicast
            }
        }?.address
    }
}
