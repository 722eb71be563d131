import VRRP

extension Engine {
    /// Takes away what the node is to have no more: rules and routes first, then addresses.
    mutating func dropStatics(notIn new: StaticDefinitions, effects: inout [Effect]) {
        dropRouting(nil, notIn: new.routing.map(\.value), effects: &effects)
        let kept = Set(new.addresses.map(\.value))
        for position in statics.addresses.indices where !kept.contains(statics.addresses[position].address) {
            removeStaticAddress(position, effects: &effects)
        }
    }

    /// Takes new definitions of what the node has into use.
    mutating func changeStatics(to new: StaticDefinitions) {
        let known = Dictionary(statics.addresses.map { ($0.address, $0) }) { first, _ in first }
        statics.addresses = new.addresses.map { known[$0.value] ?? StaticAddress(address: $0.value) }
        statics.positions = [:]
        for (position, managed) in statics.addresses.enumerated() {
            if let index = managed.interfaceIndex { statics.positions[managed.key(on: index)] = position }
        }
        statics.routing = statics.routing.updated(to: new.routing.map(\.value))
        let groups = Dictionary(new.trackGroups.map { ($0.name, $0.virtualRouters) }) { first, _ in first }
        statics.dependencies = [:]
        func note(_ dependency: StaticDependency, of group: String?) {
            for router in group.flatMap({ groups[$0] }) ?? [] {
                statics.dependencies[router, default: []].append(dependency)
            }
        }
        for entry in new.addresses { note(.address(entry.value), of: entry.trackGroup) }
        for entry in new.routing { note(.routing(entry.value), of: entry.trackGroup) }
    }

    /// Asks for everything that the node is to have and has not.
    mutating func settleStatics(effects: inout [Effect]) {
        guard !statics.isEmpty, knowsInterfaces, !isShutDown else { return }
        for position in statics.addresses.indices {
            let managed = statics.addresses[position]
            guard let index = managed.address.interface.flatMap({ interfaces[$0]?.index }) else { continue }
            if managed.interfaceIndex != index { move(position, to: index) }
            if !statics.addresses[position].isHeld, !managed.isRefused, !managed.isForgone {
                addStaticAddress(position, effects: &effects)
            }
        }
        addRouting(nil, effects: &effects)
    }

    /// Takes away everything of the node that the engine brought.
    mutating func removeStatics(effects: inout [Effect]) {
        removeRouting(nil, effects: &effects)
        for position in statics.addresses.indices.reversed() { removeStaticAddress(position, effects: &effects) }
    }

    /// The interface of an address is another one than before, which has none of the engine's addresses.
    private mutating func move(_ position: Int, to index: Int32) {
        let managed = statics.addresses[position]
        if let old = managed.interfaceIndex { statics.positions[managed.key(on: old)] = nil }
        statics.addresses[position] = StaticAddress(address: managed.address, interfaceIndex: index)
        statics.positions[managed.key(on: index)] = position
    }

    private mutating func addStaticAddress(_ position: Int, effects: inout [Effect]) {
        guard let assignment = staticAssignment(position) else { return }
        let exists =
            interfaces[assignment.interfaceIndex]?.addresses.contains { $0.address == assignment.address.address }
            ?? false
        statics.addresses[position].isHeld = true
        statics.addresses[position].isRefused = false
        if exists, awaitedRemovals[assignment.key] == nil {
            statics.addresses[position].isForeign = true
        } else {
            effects.append(.addAddress(assignment))
        }
    }

    private mutating func removeStaticAddress(_ position: Int, effects: inout [Effect]) {
        let managed = statics.addresses[position]
        statics.addresses[position].isHeld = false
        statics.addresses[position].isRefused = false
        guard managed.isHeld, !managed.isForeign, let assignment = staticAssignment(position) else { return }
        remove(assignment, effects: &effects)
    }

    private func staticAssignment(_ position: Int) -> AddressAssignment? {
        let managed = statics.addresses[position]
        return managed.interfaceIndex.map {
            AddressAssignment(interfaceIndex: $0, address: managed.address, router: nil)
        }
    }

    /// An attempt to configure an address of the node has ended.
    mutating func staticAddressEnded(
        _ assignment: AddressAssignment, succeeded: Bool, at now: Instant, effects: inout [Effect]
    ) {
        guard let position = statics.positions[assignment.key], statics.addresses[position].isHeld, !succeeded else {
            return
        }
        statics.addresses[position].isHeld = false
        statics.addresses[position].isRefused = true
        scheduleRoutingCheck(at: now + ManagedRouting.retryInterval)
        effects.append(.report(.addressRefused(router: nil, assignment.address.address)))
        evaluateDependents(of: .address(assignment.address), at: now, effects: &effects)
    }

    /// An address of the node is gone: put it back unless it is to be left alone then, but do not fight faster than once a
    /// second.
    mutating func restoreStaticAddress(
        _ position: Int, isExpected: Bool, at now: Instant, effects: inout [Effect]
    ) {
        guard statics.addresses[position].isHeld, !isShutDown else { return }
        statics.addresses[position].isForeign = false
        if isExpected { return }
        statics.addresses[position].isHeld = false
        guard statics.addresses[position].address.isTracked else {
            statics.addresses[position].isForgone = true
            return
        }
        if let last = statics.addresses[position].lastRestored, now - last < ManagedAddress.retryInterval {
            statics.addresses[position].isRefused = true
            return scheduleRoutingCheck(at: last + ManagedAddress.retryInterval)
        }
        statics.addresses[position].lastRestored = now
        effects.append(
            .report(.addressRestored(router: nil, statics.addresses[position].address.address)))
        addStaticAddress(position, effects: &effects)
        // The kernel takes routes away with an address, some of them without a word.
        restoreRouting(nil, all: true, effects: &effects)
    }

    /// Tries again what the kernel refused.
    mutating func retryStaticAddresses(effects: inout [Effect]) {
        for position in statics.addresses.indices where statics.addresses[position].isRefused {
            addStaticAddress(position, effects: &effects)
        }
    }

    /// What of the node keeps a router out of the election.
    func staticFaults(_ slot: Int) -> [RouterFault] {
        guard let dependencies = statics.dependencies[routers[slot].definition.name] else { return [] }
        return dependencies.compactMap { dependency in
            let isRefused =
                switch dependency {
                case .address(let address): statics.addresses.contains { $0.address == address && $0.isRefused }
                case .routing(let entry): statics.routing.contains { $0.entry == entry && $0.isRefused }
                }
            if let fault = dependency.interfaces.lazy.compactMap(fault(ofInterface:)).first { return fault }
            return isRefused ? .staticEntryMissing("\(dependency)") : nil
        }
    }

    /// Looks again at the routers that depend on something of the node.
    mutating func evaluateDependents(
        of dependency: StaticDependency, at now: Instant, effects: inout [Effect]
    ) {
        var groups: Set<Int> = []
        for slot in routers.indices where routers[slot].isInUse {
            guard statics.dependencies[routers[slot].definition.name]?.contains(dependency) == true else { continue }
            evaluate(slot, concerning: &groups, at: now, effects: &effects)
        }
        settleGroups(groups, at: now, effects: &effects)
    }
}

extension StaticAddress {
    func key(on index: Int32) -> AddressKey { AddressKey(interfaceIndex: index, address: address.address) }
}

extension StaticDependency: CustomStringConvertible {
    /// `address 192.0.2.1/24`, `route default via 192.0.2.1`.
    var description: String {
        switch self {
        case .address(let address): "address \(address)"
        case .routing(let entry): entry.description
        }
    }
}
