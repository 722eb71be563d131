public import JSONDocument
public import VRRP
public import VRRPEngine

/// What vrrpd says about one virtual router.
public struct VirtualRouterStatus: Sendable, Equatable {
    /// The name of the definition.
    public var name: String
    /// The interface that adverts are sent and received on.
    public var interface: String
    /// The virtual MAC interface, where there is one.
    public var virtualInterface: String?
    /// The family of adverts and advertised addresses.
    public var family: AddressFamily
    /// The identifier.
    public var virtualRouterID: VirtualRouterID
    /// The version spoken.
    public var version: ProtocolVersion
    /// The state.
    public var state: VirtualRouterState.Name
    /// How long the state has lasted, in whole milliseconds: the time of the status less this is the same moment each time.
    public var since: Nanoseconds
    /// Why the state was entered; nil before the first change.
    public var reason: TransitionReason?
    /// The other router that had a part in that, as its last advert described it: the one that is better, or that was active
    /// before; nil where none is known.
    public var peer: HeardAdvert?
    /// The priority in force, tracking included.
    public var priority: Priority
    /// The priority of the definition.
    public var definedPriority: Priority
    /// The address that adverts come from; nil while there is none.
    public var primaryAddress: IPAddress?
    /// Where adverts go: the group, or each peer.
    public var destinations: [IPAddress]
    /// The router that is active as far as this one knows, itself included; nil while none is known.
    public var activeRouter: IPAddress?
    /// The priority that the active router advertises; 0 after it gave up.
    public var activePriority: UInt8?
    /// For how long it has been the active one, in whole milliseconds; nil while none is known.
    public var activeFor: Nanoseconds?
    /// The time between the router's own adverts.
    public var advertisementInterval: Nanoseconds
    /// When its addresses are announced for the last time after it became active; zero where that is done at one moment.
    public var announcementDelay: Nanoseconds
    /// The timers and the learned interval.
    public var timers: VirtualRouterTimers
    /// How far the router is with handing over before it leaves; nil while it does not.
    public var handOver: HandOverStatus?
    /// The sync group that the router changes its state with; nil where it is in none.
    public var syncGroup: String?
    /// Whether the router would take over but waits for the other members of its sync group.
    public var waitsForGroup: Bool
    /// What keeps the router out of the election.
    public var faults: [RouterFault]
    /// The virtual addresses.
    public var addresses: [AddressStatus]
    /// The counters; of those that have counted nothing some or all may be left out.
    public var counters: CounterList

    /// Describes what `router` knows at `now`, with or without the counters that have counted nothing.
    public init(_ router: RouterSnapshot, at now: Instant, zeroCounters: Bool = true) {
        let definition = router.definition
        name = definition.name
        interface = definition.interface
        virtualInterface = definition.virtualMAC?.name
        family = definition.family
        virtualRouterID = definition.virtualRouterID
        version = definition.version
        state = router.state.name
        since = now.wholeMilliseconds(since: router.since)
        reason = router.reason
        peer = router.peer
        priority = router.priority
        definedPriority = definition.priority
        primaryAddress = router.primaryAddress
        destinations =
            switch definition.transport {
            case .multicast(let group): [group]
            case .unicast(let peers): peers.map(\.address)
            }
        switch router.state {
        case .initialize: break
        case .backup(let backup):
            activeRouter = backup.activeRouter
            activePriority = backup.activePriority
        case .active:
            activeRouter = router.primaryAddress
            activePriority = router.priority.rawValue
        }
        activeFor = router.activeSince.map(now.wholeMilliseconds)
        advertisementInterval = definition.advertisementInterval.duration
        announcementDelay = definition.announcements.delayOfLastRound
        timers = VirtualRouterTimers(router.state, at: now)
        handOver = router.departure.map { HandOverStatus($0, at: now) }
        syncGroup = router.syncGroup
        waitsForGroup = router.waitsForGroup
        faults = router.faults
        addresses = router.addresses.map(AddressStatus.init)
        counters = CounterList(router.statistics, zeros: zeroCounters)
    }
}

extension VirtualRouterStatus: ControlValue {
    /// An object with a member for each property.
    public var json: JSONValue {
        [
            "name": .string(name), "interface": .string(interface),
            "virtualInterface": JSONValue(virtualInterface, JSONValue.string), "family": family.json,
            "virtualRouterID": .integer(Int64(virtualRouterID.rawValue)), "version": .integer(Int64(version.rawValue)),
            "state": .string(state.rawValue), "sinceSeconds": since.jsonSeconds,
            "reason": JSONValue(reason, \.json), "peer": JSONValue(peer, \.json),
            "priority": .integer(Int64(priority.rawValue)),
            "definedPriority": .integer(Int64(definedPriority.rawValue)),
            "primaryAddress": JSONValue(primaryAddress, \.json), "destinations": .array(destinations.map(\.json)),
            "activeRouter": JSONValue(activeRouter, \.json),
            "activePriority": JSONValue(activePriority) { .integer(Int64($0)) },
            "activeForSeconds": JSONValue(activeFor, \.jsonSeconds),
            "advertisementIntervalMilliseconds": advertisementInterval.jsonMilliseconds,
            "announcementDelayMilliseconds": announcementDelay.jsonMilliseconds, "timers": timers.json,
            "handOver": JSONValue(handOver, \.json), "syncGroup": JSONValue(syncGroup, JSONValue.string),
            "waitsForGroup": .bool(waitsForGroup), "faults": .array(faults.map(\.json)),
            "addresses": .array(addresses.map(\.json)),
            "counters": counters.json,
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        var fields = try reader.fields()
        name = try fields.required("name").string()
        interface = try fields.required("interface").string()
        virtualInterface = try fields.optional("virtualInterface")?.string()
        family = try fields.required("family").family()
        virtualRouterID = try fields.required("virtualRouterID").virtualRouterID()
        version = try fields.required("version").protocolVersion()
        state = try fields.required("state").oneOf(VirtualRouterState.Name.self)
        since = try fields.required("sinceSeconds").seconds()
        reason = try fields.optional("reason").map { (reader) throws(JSONFieldError) in
            try TransitionReason(reader)
        }
        peer = try fields.optional("peer").map { (reader) throws(JSONFieldError) in try HeardAdvert(reader) }
        priority = try fields.required("priority").priority()
        definedPriority = try fields.required("definedPriority").priority()
        primaryAddress = try fields.optional("primaryAddress")?.address()
        destinations = try fields.required("destinations").elements { (reader) throws(JSONFieldError) in
            try reader.address()
        }
        activeRouter = try fields.optional("activeRouter")?.address()
        activePriority = try fields.optional("activePriority")?.integer()
        activeFor = try fields.optional("activeForSeconds")?.seconds()
        advertisementInterval = try fields.required("advertisementIntervalMilliseconds").milliseconds()
        // A vrrpd before this member does not say it.
        announcementDelay = try fields.optional("announcementDelayMilliseconds")?.milliseconds() ?? .zero
        timers = try VirtualRouterTimers(fields.required("timers"))
        handOver = try fields.optional("handOver").map { (reader) throws(JSONFieldError) in
            try HandOverStatus(reader)
        }
        syncGroup = try fields.optional("syncGroup")?.string()
        waitsForGroup = try fields.optional("waitsForGroup")?.bool() ?? false
        faults = try fields.required("faults").elements(RouterFault.init)
        addresses = try fields.required("addresses").elements(AddressStatus.init)
        counters = try CounterList(fields.required("counters"))
    }
}
