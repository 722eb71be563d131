public import VRRP

extension Engine {
    /// How long after a router became active the one before may still speak with its addresses.
    private static let changeTime: Nanoseconds = .seconds(1)

    /// Somebody on the link of an interface says that an address is at their hardware address.
    ///
    /// It matters where the address is one of an active router: then two have it, a router that this one does not hear or a host
    /// that should not have it. What the router itself says comes back on some links and does not count. Nor does what is said
    /// of the virtual MAC address, which all routers of one identifier have in common.
    ///
    /// - Parameter count: how often it was said.
    public mutating func addressClaimed(
        _ claim: NeighborClaim, count: UInt64, interfaceIndex: Int32, at now: Instant, effects: inout [Effect]
    ) {
        let key = AddressKey(interfaceIndex: interfaceIndex, address: claim.address)
        guard let first = managedAddresses[key] else { return }
        let sharer = sharedAddresses.isEmpty ? nil : places(of: key).first { routers[$0.slot].isActive }
        let place = sharer ?? first
        let slot = place.slot
        guard routers[slot].isActive, routers[slot].departure == nil, now - routers[slot].stateSince >= Self.changeTime,
            routers[slot].addresses[place.position].state == .present, !isOwn(claim.macAddress, slot)
        else { return }
        routers[slot].statistics.addressClaims += count
        if let last = routers[slot].lastClaimReport, now - last < RouterRuntime.reportInterval { return }
        routers[slot].lastClaimReport = now
        effects.append(
            .report(
                .addressClaimed(router: routers[slot].definition.name, claim.address, macAddress: claim.macAddress)))
    }

    private func isOwn(_ macAddress: MACAddress, _ slot: Int) -> Bool {
        let definition = routers[slot].definition
        return macAddress == .virtualRouter(definition.virtualRouterID, definition.family)
            || interfaces.hasHardwareAddress(macAddress)
    }
}
