import VRRP

/// Which virtual routers are in which sync group.
extension Engine {
    /// The slots of the router's group, its own included; that one alone where it is in none.
    func companions(of slot: Int) -> [Int] {
        routers[slot].membership.map { groups[$0.group].slots } ?? [slot]
    }

    /// What is tracked for the router because its group tracks it.
    func groupConditions(of slot: Int) -> [TrackedCondition] {
        routers[slot].membership.map { groups[$0.group].definition.conditions } ?? []
    }

    /// Lets every router be alone until ``formGroups(_:insteadOf:)``, so that those which leave take nobody along.
    mutating func dissolveGroups() -> [DissolvedSyncGroup] {
        let dissolved = groups.map { group in
            DissolvedSyncGroup(runtime: group, memberships: group.slots.map { routers[$0].membership })
        }
        for group in groups {
            for slot in group.slots { routers[slot].membership = nil }
        }
        groups = []
        return dissolved
    }

    /// Puts the routers that definitions name into groups; each has its slot already.
    ///
    /// - Returns: the slots of routers whose group is another one than before, or that have none any more.
    mutating func formGroups(_ new: Definitions, insteadOf dissolved: [DissolvedSyncGroup]) -> [Int] {
        guard !new.syncGroups.isEmpty || !dissolved.isEmpty else { return [] }
        let positions = Dictionary(new.virtualRouters.enumerated().map { ($1.name, $0) }) { first, _ in first }
        for definition in new.syncGroups {
            let ranked = definition.members.compactMap { positions[$0] }.enumerated().sorted { left, right in
                (new.virtualRouters[left.element].significance, left.offset)
                    < (new.virtualRouters[right.element].significance, right.offset)
            }
            let members = ranked.map { new.virtualRouters[$0.element] }
            let slots = ranked.map { definedSlots[$0.element] }
            groups.append(
                SyncGroupRuntime(
                    definition: definition, slots: slots,
                    longestInterval: members.map(\.advertisementInterval.duration).max() ?? .zero,
                    handOverTimes: HandOverTimes(ofSlowest: members),
                    hasOwnAddress: slots.contains { hasOwnAddress($0) }))
        }
        var affected: Set<Int> = []
        for old in dissolved where !groups.contains(where: { $0.isSame(as: old.runtime) }) {
            affected.formUnion(old.runtime.slots)
        }
        for (place, group) in groups.enumerated() {
            let old = dissolved.first { $0.runtime.isSame(as: group) }
            for (rank, slot) in group.slots.enumerated() {
                routers[slot].membership = old?.memberships[rank] ?? SyncGroupMembership(group: place, rank: rank)
                routers[slot].membership?.group = place
            }
            if old == nil { affected.formUnion(group.slots) }
        }
        return affected.filter { routers[$0].isInUse }.sorted()
    }
}

extension VirtualRouterDefinition {
    /// What the order of a group goes by: the identifier, which all nodes know a router by, then the family.
    fileprivate var significance: Int { Int(virtualRouterID.rawValue) << 8 | Int(family.rawValue) }
}
