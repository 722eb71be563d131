public import VRRP

/// Many virtual routers on one node.
///
/// The engine decides and does nothing else: whoever hosts it hands in what happened together with the time, and
/// carries out the effects in the order in which they were appended. It has no clock, no I/O and no randomness, so that
/// the same inputs give the same effects. Runs on the engine's thread; a received advert, a timer and an advert to send
/// cost no allocation in steady state.
///
/// Start it with ``apply(_:at:effects:)`` and then ``interfacesResynchronized(_:at:effects:)``; call
/// ``advance(to:effects:)`` when ``nextDeadline`` has come.
public struct Engine: Sendable {
    /// The definitions in force.
    public internal(set) var definitions = Definitions()
    /// The virtual routers; a slot keeps its place for as long as its router exists.
    var routers: [RouterRuntime] = []
    var freeSlots: [Int] = []
    /// Slots that became free lately: adverts of their last routers may still have to be encoded.
    var retiredSlots: [Int] = []
    /// The slot of each virtual router, in the order of the definitions.
    var definedSlots: [Int] = []

    /// The sync groups in the order of their definitions.
    var groups: [SyncGroupRuntime] = []

    /// What the node has in any case.
    var statics = StaticRuntime()
    /// The routes, then the rules, of each router that has any; apart from the routers, most of which have none.
    var routing: [Int: [ManagedRouting]] = [:]
    /// How many routers, the node itself counted as one, want each route or rule to be there now.
    var routingHolders: [RoutingEntry: Int] = [:]
    /// When routes and rules are looked at again, and whether those count as lost that were there.
    var routingCheckAt = Instant.distantFuture
    var routingIsSuspect = false
    var lastRoutingCheck: Instant?

    var interfaces = InterfaceTable()
    /// Whose the tags on addresses are; who hosts the engine keeps it true.
    ///
    /// Set it before definitions are applied, before a look at all interfaces, and before an address is told of that is
    /// unknown to it (``AddressOwners/isUnknown(_:)``). An engine that is alone on its node needs no other value.
    public var owners = AddressOwners()
    /// Whether the kernel has told of its interfaces.
    var knowsInterfaces = false
    /// Interfaces whose last change does not count yet, by number.
    var heldInterfaces: [Int32: HeldInterface] = [:]
    /// Which virtual address each address on an interface is; of several routers' the one that was known first.
    var managedAddresses: [AddressKey: ManagedAddressPlace] = [:]
    /// Which virtual addresses it is besides, where several routers have it.
    var sharedAddresses: [AddressKey: [ManagedAddressPlace]] = [:]
    /// How many removals of an address the engine asked for that the kernel has yet to tell of.
    var awaitedRemovals: [AddressKey: Int] = [:]
    /// The state of tracked objects outside the engine, by name.
    var trackedObjects: [String: Bool] = [:]
    /// Those of them that were told by ``setTrackedObjects(_:at:effects:)``.
    var toldObjects: Set<String> = []
    /// The numbers of tracked objects outside the engine, by name.
    var trackedNumbers: [String: Int] = [:]

    /// What was told of decisions; nil where none are told.
    var decisions: DecisionMemory?

    /// How long things take.
    var latencies = EngineLatencies()

    /// What is listened to, with the virtual router of each identifier.
    var receivers: [ReceiverKey: Int] = [:]
    var receiverTables: [ReceiverTable] = []
    /// Tables of interfaces that are gone, to be used again.
    var freeReceiverTables: [Int] = []
    var subscriptions: Set<Subscription> = []
    var subscriptionsAreStale = false
    /// Those of them that the host cannot listen to; ``setHears(_:_:at:effects:)``.
    var deafSubscriptions: Set<Subscription> = []
    /// The macvlan interfaces that the engine asked for.
    var virtualInterfaces: Set<VirtualInterface> = []

    /// The protocol timer of each router.
    var protocolDeadlines = DeadlineQueue()
    /// The routers that have taken over and advertised, and whose addresses are yet to be asked for.
    var slotsWithoutDuties: [Int] = []
    /// The next round of announcements of each router.
    var announcementDeadlines = DeadlineQueue()
    /// The next try to configure an address of each router.
    var retryDeadlines = DeadlineQueue()
    /// Rounds of announcements that are being sent.
    var rounds: [AnnouncementRound] = []
    /// When the next frame of each kind may leave each interface.
    var announcementPace: [AnnouncementPaceKey: Instant] = [:]
    /// The group of each interface that shares the pace of its announcements.
    var announcementGroups: [String: Int] = [:]
    /// Set by ``beginHandOver(_:at:effects:)``: routers hand over or have left, and none starts.
    var handOverPlan: HandOverPlan?
    /// Whether every router leaves its part to other nodes' for as long as there are any; ``drain(_:at:effects:)``.
    public internal(set) var isDrained = false
    /// How routers hand over that are drained.
    var drainPlan = HandOverPlan()
    /// The end of the phase that each router is in which hands over; a router that does has one.
    var departureDeadlines = DeadlineQueue()
    /// Set by ``delayStart(until:)``: no router takes part before.
    var startsAt: Instant?
    /// Set by ``shutDown(at:effects:)``; nothing starts any more.
    var isShutDown = false

    /// An engine without virtual routers.
    public init() {}

    /// When ``advance(to:effects:)`` has something to do; the distant future while nothing is armed.
    public var nextDeadline: Instant {
        min(
            min(protocolDeadlines.earliest, announcementDeadlines.earliest),
            min(
                min(retryDeadlines.earliest, departureDeadlines.earliest),
                min(
                    nextRoundDeadline,
                    min(min(routingCheckAt, nextInterfaceDeadline), startsAt ?? .distantFuture))))
    }

    /// When the next timer of the protocol fires, announcements left aside; the distant future while none is armed.
    ///
    /// A host that comes to it late hands in what it received meanwhile before it calls ``advance(to:effects:)``.
    public var nextProtocolDeadline: Instant { protocolDeadlines.earliest }

    /// Does everything that is due at `now`: protocol timers first, announcements last and in bounded number.
    public mutating func advance(to now: Instant, effects: inout [Effect]) {
        endStartDelay(at: now, effects: &effects)
        advertise(at: now, effects: &effects)
        _ = assumeDuties(limit: .max, at: now, effects: &effects)
        releaseInterfaces(at: now, effects: &effects)
        endDeparturePhases(at: now, effects: &effects)
        retryAddresses(at: now, effects: &effects)
        checkRouting(at: now, effects: &effects)
        startDueRounds(at: now)
        sendRounds(at: now, effects: &effects)
    }

    /// Does the first part of ``advance(to:effects:)``: fires the protocol timers, so that the adverts can leave.
    ///
    /// For hosts of many routers. ``assumeDuties(limit:at:effects:)`` must follow until nothing is left, and then
    /// ``advance(to:effects:)``, before the engine is told of anything.
    public mutating func advertise(at now: Instant, effects: inout [Effect]) {
        fireProtocolTimers(at: now, effects: &effects)
    }

    /// Gives up everything in order and at once: adverts of priority 0 first, then the addresses, then the interfaces and
    /// sockets. Routers that are handing over do not wait any longer; one that has sent priority 0 does not repeat it.
    ///
    /// The engine is of no more use afterwards.
    public mutating func shutDown(at now: Instant, effects: inout [Effect]) {
        isShutDown = true
        for slot in routers.indices where routers[slot].isInUse {
            let outcome = routers[slot].machine.handle(.shutdown, at: now)
            if let priority = outcome.advertise { transmit(slot, priority: priority, at: now, effects: &effects) }
            routers[slot].pendingTransition = outcome.transition
            scheduleTimers(slot)
        }
        for slot in routers.indices where routers[slot].isInUse {
            let isDeparting = endDeparture(slot)
            let transition = routers[slot].pendingTransition
            routers[slot].pendingTransition = nil
            if isDeparting, transition?.from != .active { releaseAddresses(slot, effects: &effects) }
            if let transition { carryOut(transition, slot, at: now, effects: &effects) }
        }
        removeStatics(effects: &effects)
        for interface in virtualInterfaces.sorted(by: { $0.name < $1.name }) {
            effects.append(.removeVirtualInterface(interface))
        }
        virtualInterfaces.removeAll()
        for subscription in subscriptions.sorted() { effects.append(.stopListening(subscription)) }
        subscriptions.removeAll()
        deafSubscriptions.removeAll()
    }

    /// Appends the octets of an advert: an Ethernet header of 14 octets, blank for a unicast peer, the IP header and the
    /// message.
    public func encode(_ transmission: Transmission, into frame: inout [UInt8]) {
        let slot = transmission.router.index
        let place =
            switch transmission.destination {
            case .group: 0
            case .peer(let place): place
            }
        guard place < routers[slot].templates.count else { return }
        routers[slot].templates[place].append(
            priority: transmission.priority, sequenceNumber: transmission.sequenceNumber, to: &frame)
    }

    /// The TTL or hop limit of an advert.
    public func hopLimit(of transmission: Transmission) -> UInt8 {
        guard case .peer = transmission.destination else { return VRRPNumbers.hopLimit }
        return routers[transmission.router.index].definition.unicastHopLimit
    }

    /// The addresses in the IP header of an advert.
    public func addresses(of transmission: Transmission) -> (source: IPAddress, destination: IPAddress) {
        // By its place: a variable for the router would be given a copy of it for each advert.
        let slot = transmission.router.index
        let destination: IPAddress =
            switch (transmission.destination, routers[slot].definition.transport) {
            case (.peer(let place), .unicast(let peers)) where place < peers.count: peers[place].address
            case (_, .multicast(let group)): group
            default: routers[slot].definition.family.vrrpGroup
            }
        return (routers[slot].machine.primaryAddress, destination)
    }
}
