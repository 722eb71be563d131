import VRRP

extension Engine {
    /// The macvlan interface that a router wants; nil where it wants none or its interface is missing.
    func virtualInterface(of slot: Int) -> VirtualInterface? {
        let definition = routers[slot].definition
        guard let virtual = definition.virtualMAC, let parent = routers[slot].interfaceIndex else { return nil }
        return VirtualInterface(
            parentIndex: parent, name: virtual.name,
            macAddress: virtual.macAddress ?? .virtualRouter(definition.virtualRouterID, definition.family),
            linkGroup: virtual.linkGroup)
    }

    /// Finds the interface that addresses belong on, and asks for it where it has to be made.
    mutating func resolveVirtualInterface(_ slot: Int, effects: inout [Effect]) {
        guard let virtual = routers[slot].definition.virtualMAC else {
            routers[slot].addressInterfaceIndex = routers[slot].interfaceIndex
            return
        }
        guard let wanted = virtualInterface(of: slot) else {
            routers[slot].addressInterfaceIndex = nil
            return
        }
        if virtualInterfaces.insert(wanted).inserted { effects.append(.createVirtualInterface(wanted)) }
        let existing = interfaces[virtual.name]
        let isUsable = existing?.macAddress == wanted.macAddress
        routers[slot].addressInterfaceIndex = isUsable ? existing?.index : nil
        if isUsable, existing?.isRunning == true, !routers[slot].holdsAddresses {
            // A dead process left it up, where it answers for the active router.
            effects.append(.setVirtualInterface(wanted, isUp: false))
        }
    }

    /// Removes the interface of a router that ends.
    mutating func removeVirtualInterface(of slot: Int, effects: inout [Effect]) {
        guard let interface = virtualInterface(of: slot), virtualInterfaces.remove(interface) != nil else { return }
        effects.append(.removeVirtualInterface(interface))
    }

    /// Forgets interfaces that went away by themselves, so that they are made again.
    mutating func forgetVirtualInterfaces(named name: String, above parent: Int32) {
        virtualInterfaces = virtualInterfaces.filter { $0.name != name && $0.parentIndex != parent }
    }
}

extension VirtualRouterDefinition {
    /// The hardware address of the virtual MAC interface; nil where there is none.
    var virtualMACAddress: MACAddress? {
        virtualMAC.map { $0.macAddress ?? .virtualRouter(virtualRouterID, family) }
    }

    /// Whether adverts come from the hardware address of the interface itself, as those by unicast do, which the kernel
    /// routes.
    var advertisesFromParent: Bool {
        guard case .unicast = transport else { return virtualMAC?.advertisesFromParent ?? true }
        return true
    }
}
