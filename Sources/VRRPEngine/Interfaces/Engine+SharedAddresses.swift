import VRRP

// Several routers may have the same address on an interface, as keepalived allows: it stands there for as long as one of
// them holds it. The kernel has it from one router, and the others borrow it.
extension Engine {
    /// The virtual addresses that an address on an interface is: none, one, or one of each router that shares it.
    func places(of key: AddressKey) -> ManagedAddressPlaces {
        guard let first = managedAddresses[key] else { return ManagedAddressPlaces() }
        return ManagedAddressPlaces(first, sharedAddresses.isEmpty ? [] : sharedAddresses[key, default: []])
    }

    /// The same, with those first that do not borrow it, so that who borrows finds what is true of the kernel.
    func placesByOrigin(of key: AddressKey) -> ManagedAddressPlaces {
        let places = places(of: key)
        guard places.count > 1 else { return places }
        let borrowers = places.filter { routers[$0.slot].addresses[$0.position].isBorrowed }
        let inOrder = places.filter { !borrowers.contains($0) } + borrowers
        return ManagedAddressPlaces(inOrder[0], Array(inOrder.dropFirst()))
    }

    /// Notes that a router has an address that another one had before.
    mutating func share(_ key: AddressKey, _ place: ManagedAddressPlace) {
        sharedAddresses[key, default: []].removeAll { $0.slot == place.slot }
        sharedAddresses[key, default: []].append(place)
    }

    /// Forgets that a router has an address; returns whether others have it still.
    mutating func forgetShare(_ slot: Int, _ key: AddressKey) -> Bool {
        guard !sharedAddresses.isEmpty, var others = sharedAddresses[key], let first = managedAddresses[key] else {
            return false
        }
        if first.slot == slot {
            managedAddresses[key] = others.removeFirst()
        } else {
            others.removeAll { $0.slot == slot }
        }
        sharedAddresses[key] = others.isEmpty ? nil : others
        return true
    }

    /// Lets a router hold an address that stands on its interface for another router, or is about to.
    ///
    /// - Returns: false where none has it, so that the kernel is to be asked.
    mutating func borrow(_ slot: Int, _ position: Int, _ key: AddressKey) -> Bool {
        let lender = others(than: slot, holding: key).first { !$0.isBorrowed }
        routers[slot].addresses[position].isBorrowed = lender != nil
        guard let lender else { return false }
        routers[slot].addresses[position].state = lender.state
        routers[slot].addresses[position].isUsable = lender.isUsable
        routers[slot].addresses[position].usableBy = lender.usableBy
        return true
    }

    /// Another router that goes on holding an address that a router leaves; nil where none does.
    func heir(of managed: ManagedAddress, _ slot: Int, _ key: AddressKey) -> ManagedAddressPlace? {
        guard !sharedAddresses.isEmpty else { return nil }
        return placesByOrigin(of: key).first { $0.slot != slot && isHeld($0) }
    }

    /// Leaves an address to another router that holds it, in the form that it has there.
    mutating func bequeath(
        _ slot: Int, _ position: Int, to heir: ManagedAddressPlace, effects: inout [Effect]
    ) {
        let managed = routers[slot].addresses[position]
        routers[slot].addresses[position].state = .absent
        // Where another one has brought it, nothing changes.
        guard routers[heir.slot].addresses[heir.position].isBorrowed else { return }
        routers[heir.slot].addresses[heir.position].isBorrowed = false
        guard routers[heir.slot].addresses[heir.position].address != managed.address,
            let assignment = assignment(slot, position)
        else { return }
        remove(assignment, effects: &effects)
        addAddress(heir.slot, heir.position, effects: &effects)
    }

    /// Whether some router has an address because it is active, or hands over.
    func isHeldBySomeRouter(_ key: AddressKey) -> Bool { places(of: key).contains { routers[$0.slot].holdsAddresses } }

    /// Whether packets to an address are to be dropped for another router that holds it.
    func isRefusedElsewhere(_ key: AddressKey, than slot: Int) -> Bool {
        guard !sharedAddresses.isEmpty else { return false }
        return places(of: key).contains { $0.slot != slot && isHeld($0) && !acceptsTraffic($0.slot) }
    }

    private func others(than slot: Int, holding key: AddressKey) -> [ManagedAddress] {
        guard !sharedAddresses.isEmpty else { return [] }
        return places(of: key).filter { $0.slot != slot && isHeld($0) }
            .map { routers[$0.slot].addresses[$0.position] }
    }

    private func isHeld(_ place: ManagedAddressPlace) -> Bool {
        switch routers[place.slot].addresses[place.position].state {
        case .adding, .present: true
        case .absent, .removing: false
        }
    }
}
