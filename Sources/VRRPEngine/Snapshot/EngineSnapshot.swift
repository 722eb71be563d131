public import VRRP

/// What an engine knows at one moment, for status, metrics and explanations.
public struct EngineSnapshot: Sendable {
    /// When it was taken.
    public var time: Instant
    /// The generation of the definitions in force.
    public var generation: Int64
    /// Whether the routers leave their parts to other nodes'.
    public var isDrained = false
    /// The virtual routers in the order of their definitions.
    public var routers: [RouterSnapshot]
    /// What the node has in any case.
    public var statics = StaticSnapshot()
    /// What was received on each interface for no virtual router.
    public var receivers: [ReceiverSnapshot]
    /// How long things take.
    public var latencies = EngineLatencies()
    /// The sync groups in the order of their definitions.
    public var syncGroups: [SyncGroupDefinition] = []
    /// Whether the objects outside the engine that routers track are good, by name.
    public var trackedObjects: [String: Bool] = [:]
    /// The numbers of those that have one, by name.
    public var trackedNumbers: [String: Int] = [:]
    /// The names of the objects outside the engine that the definitions in force track as good or bad, sorted.
    public var trackedNames: [String] = []
}

/// What an engine knows of one virtual router.
public struct RouterSnapshot: Sendable {
    /// The definition in force.
    public var definition: VirtualRouterDefinition
    /// The state and its timer.
    public var state: VirtualRouterState
    /// When the state was entered.
    public var since: Instant
    /// Why it was entered; nil before the first transition.
    public var reason: TransitionReason?
    /// The other router that had a part in it, as its last advert described it: the one that is better, or that was active
    /// before; nil where none is known.
    public var peer: HeardAdvert?
    /// Since when the router that is active is, itself included, as far as this one has heard; nil where it knows of none.
    public var activeSince: Instant?
    /// The priority in force, tracking included.
    public var priority: Priority
    /// What the priority of the definition and tracking come to, before that is brought into the range of priorities.
    public var totalPriority: Int
    /// The address that adverts come from; nil while there is none.
    public var primaryAddress: IPAddress?
    /// How far the router is with handing over before it leaves; nil while it does not.
    public var departure: Departure?
    /// The sync group that the router changes its state with; nil where it is in none.
    public var syncGroup: String?
    /// Whether the router would take over but waits for the other members of its sync group.
    public var waitsForGroup: Bool
    /// What keeps the router out of the election.
    public var faults: [RouterFault]
    /// The virtual addresses and whether the kernel has them.
    public var addresses: [AddressSnapshot]
    /// The counters.
    public var statistics: RouterStatistics
}

/// A virtual address and whether the kernel has it.
public struct AddressSnapshot: Sendable, Hashable {
    /// The address as it was defined.
    public var address: VirtualAddress
    /// Whether adverts list it.
    public var isAdvertised: Bool
    /// Whether it is configured on its interface.
    public var isPresent: Bool
}

/// What the node has whatever its virtual routers do.
public struct StaticSnapshot: Sendable, Equatable {
    /// The definitions in force.
    public var definitions = StaticDefinitions()
    /// The addresses that the kernel has.
    public var heldAddresses: Set<VirtualAddress> = []
}

/// What was received on an interface for no virtual router.
public struct ReceiverSnapshot: Sendable {
    /// The name of the interface.
    public var interface: String
    /// The family of the packets.
    public var family: AddressFamily
    /// Discarded packets by reason.
    public var discards: DiscardCounters
    /// How many adverts were heard for identifiers that are not configured here, by identifier.
    public var foreignAdvertisements: [UInt8: UInt64]
}

extension Engine {
    /// Describes the virtual routers alone, in the order of their definitions.
    public var routerSnapshots: [RouterSnapshot] {
        definedSlots.map { snapshot(of: $0) }
    }

    /// Describes one virtual router.
    func snapshot(of slot: Int) -> RouterSnapshot {
        routers[slot].snapshot(
            group: routers[slot].membership.map { groups[$0.group].definition.name },
            totalPriority: totalPriority(slot))
    }

    /// Describes everything at `now`.
    public func snapshot(at now: Instant) -> EngineSnapshot {
        var snapshot = EngineSnapshot(
            time: now, generation: definitions.generation, routers: routerSnapshots,
            statics: StaticSnapshot(
                definitions: definitions.statics,
                heldAddresses: Set(statics.addresses.lazy.filter(\.isHeld).map(\.address))),
            receivers: receiverTables.compactMap { table in
                guard let interface = interfaces[table.key.interfaceIndex], receivers[table.key] != nil else {
                    return nil
                }
                var foreign: [UInt8: UInt64] = [:]
                for (identifier, count) in table.foreignAdvertisements.enumerated() where count > 0 {
                    foreign[UInt8(identifier)] = count
                }
                return ReceiverSnapshot(
                    interface: interface.name, family: table.key.family, discards: table.discards,
                    foreignAdvertisements: foreign)
            })
        snapshot.latencies = latencies
        snapshot.syncGroups = definitions.syncGroups
        snapshot.trackedObjects = trackedObjects
        snapshot.isDrained = isDrained
        snapshot.trackedNumbers = trackedNumbers
        snapshot.trackedNames = trackedExternals.sorted()
        return snapshot
    }
}

extension RouterRuntime {
    fileprivate func snapshot(group: String?, totalPriority: Int) -> RouterSnapshot {
        let unspecified = Self.unspecified(definition.family)
        return RouterSnapshot(
            definition: definition, state: machine.state, since: stateSince, reason: lastReason, peer: lastPeer,
            activeSince: isActive ? stateSince : heard.active?.since,
            priority: machine.configuration.priority, totalPriority: totalPriority,
            primaryAddress: machine.primaryAddress == unspecified ? nil : machine.primaryAddress,
            departure: departure, syncGroup: group, waitsForGroup: membership?.wantsActive ?? false, faults: faults,
            addresses: addresses.map {
                AddressSnapshot(address: $0.address, isAdvertised: $0.isAdvertised, isPresent: $0.state == .present)
            },
            statistics: statistics)
    }
}
