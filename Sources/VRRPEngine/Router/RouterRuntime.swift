import VRRP

/// One virtual router in the engine: its definition, its state machine, and what the node has of it.
struct RouterRuntime: Sendable {
    var definition: VirtualRouterDefinition
    var machine: VirtualRouter
    /// False for a slot that waits to be used again.
    var isInUse = true
    /// The interface of the definition; nil while there is none.
    var interfaceIndex: Int32?
    /// The slot of the next router with the same family and identifier on the interface; nil for the last of them.
    var nextOfIdentifier: Int?
    /// The interface that addresses without one of their own belong on: the virtual MAC interface where there is one.
    var addressInterfaceIndex: Int32?
    /// The hardware address that announcements come from.
    var macAddress: MACAddress?
    /// The hardware address that adverts come from.
    var advertisementMACAddress: MACAddress?
    /// What keeps the router in Initialize; empty when it takes part.
    var faults: [RouterFault] = []
    /// What keeps the router itself out, whatever its group says; nil before anybody has looked.
    var ownFaults: [RouterFault]?
    /// Its place in a sync group; nil for a router that changes its state alone.
    var membership: SyncGroupMembership?
    /// What it accepts.
    var rules: ReceptionRules
    /// How many of the addresses adverts have room for.
    var advertisedLimit = Int.max
    /// The adverts ready to be sent: one for the group, or one for each peer. Empty until there is an address to send from.
    var templates: [AdvertisementTemplate] = []
    /// The advertised addresses in wire order, then the unadvertised ones.
    var addresses: [ManagedAddress]
    /// Announcements under way.
    var runs: [AnnouncementRun] = []
    /// When announcements after a contest were last started.
    var lastContestRun: Instant?
    /// When the next refresh is due; nil while not active or without refresh.
    var refreshAt: Instant?
    /// When addresses on interfaces without adverts are announced next; nil while not active, and where they never are.
    var extraAnnouncementAt: Instant?
    /// The checksum form of the last accepted advert, for routers that follow their peer.
    var peerChecksumForm: ChecksumForm?
    /// The numbers of adverts with an authentication header.
    var authenticationSequence = AuthenticationSequence()
    var statistics = RouterStatistics()
    var latencyMarks = LatencyMarks()
    /// When the state was entered.
    var stateSince: Instant
    var lastReason: TransitionReason?
    /// The other router that had a part in the last change of state.
    var lastPeer: HeardAdvert?
    /// How far the router is with handing over; nil while it takes part, and when it has left.
    var departure: Departure?
    /// The other routers that were heard.
    var heard = HeardRouters()
    /// Who had a part in the transition that is under way.
    var transitionPeer: HeardAdvert?
    /// Its last adverts.
    var capture: AdvertCapture
    /// A transition that is decided and advertised, but not yet carried out.
    var pendingTransition: VirtualRouterOutcome.Transition?
    /// When each discard reason was last reported, so that a flood of packets is not one of reports.
    var lastDiscardReports = [Instant?](repeating: nil, count: DiscardReason.allCases.count)
    var lastWarning: Instant?
    var lastConflict: Instant?
    var lastClaimReport: Instant?
    var lastContestReport: Instant?

    /// Reports of the same kind about the same router come at most this often.
    static let reportInterval: Nanoseconds = .seconds(10)

    /// - Parameter routerCount: how many virtual routers there are.
    init(_ definition: VirtualRouterDefinition, among routerCount: Int, at now: Instant) {
        self.definition = definition
        capture = AdvertCapture(routerCount: routerCount)
        machine = VirtualRouter(
            Self.configuration(of: definition, priority: definition.priority),
            primaryAddress: Self.unspecified(definition.family))
        rules = Self.rules(of: definition, priority: definition.priority, ownAddress: nil, advertisedLimit: .max)
        addresses = Self.managedAddresses(of: definition)
        stateSince = now
    }

    var isActive: Bool { machine.state.name == .active }

    /// Whether the virtual addresses belong on their interfaces: the router is active, or hands them over.
    var holdsAddresses: Bool { isActive || departure != nil }

    static func unspecified(_ family: AddressFamily) -> IPAddress {
        switch family {
        case .ipv4: .v4(.unspecified)
        case .ipv6: .v6(.unspecified)
        }
    }

    static func configuration(
        of definition: VirtualRouterDefinition, priority: Priority
    ) -> VirtualRouterConfiguration {
        let (preempts, holdTime): (Bool, Nanoseconds) =
            switch definition.preemption {
            case .immediate: (true, .zero)
            case .delayed(let holdTime): (true, holdTime)
            case .never: (false, .zero)
            }
        var configuration = VirtualRouterConfiguration(
            version: definition.version, priority: priority,
            advertisementInterval: definition.advertisementInterval, preempts: preempts,
            preemptionHoldTime: holdTime, answersLowerPriority: definition.interoperability.answersLowerPriority,
            advertisesBeforeYielding: definition.interoperability.advertisesBeforeYielding,
            ownersSettleByAddress: definition.interoperability.ownersSettleByAddress,
            longestLearnedInterval: definition.interoperability.longestLearnedInterval)
        configuration.downTimerAdverts = definition.downTimerAdverts
        return configuration
    }

    /// - Parameter priority: the one in force: an address owner that hands over hears others as any router does.
    static func rules(
        of definition: VirtualRouterDefinition, priority: Priority, ownAddress: IPAddress?, advertisedLimit: Int
    ) -> ReceptionRules {
        var rules = ReceptionRules(
            version: definition.version, family: definition.family, interval: definition.advertisementInterval,
            authentication: definition.authentication,
            addresses: definition.addresses.prefix(advertisedLimit).map(\.address))
        rules.acceptedChecksums = definition.interoperability.acceptedChecksums
        rules.requiresLinkLocalFirst = definition.interoperability.requiresLinkLocalFirst
        rules.addressListMismatch = definition.interoperability.addressListMismatch
        rules.ownAddress = ownAddress
        rules.hasNoAddresses = definition.addresses.isEmpty
        rules.priority = priority.rawValue
        rules.discardsAsAddressOwner = definition.version == .v2 && priority.isAddressOwner
        switch definition.transport {
        case .multicast(let group): rules.destination = group
        case .unicast(let peers):
            rules.destination = ownAddress ?? unspecified(definition.family)
            rules.peers = peers.map {
                .init(
                    address: $0.address, minimumHopLimit: $0.minimumHopLimit, maximumHopLimit: $0.maximumHopLimit)
            }
        }
        return rules
    }

    static func managedAddresses(of definition: VirtualRouterDefinition) -> [ManagedAddress] {
        definition.addresses.map { ManagedAddress(address: $0, isAdvertised: true) }
            + definition.unadvertisedAddresses.map { ManagedAddress(address: $0, isAdvertised: false) }
    }

    /// Encodes the adverts anew after anything in them changed.
    mutating func rebuildTemplates() {
        templates.removeAll()
        guard machine.primaryAddress != Self.unspecified(definition.family), let advertisementMACAddress else { return }
        let contents = AdvertisementContents(
            version: definition.version, family: definition.family, virtualRouterID: definition.virtualRouterID,
            interval: definition.advertisementInterval,
            addresses: definition.addresses.prefix(advertisedLimit).map(\.address),
            authentication: definition.authentication)
        func template(_ destination: IPAddress, _ destinationMAC: MACAddress?) -> AdvertisementTemplate {
            AdvertisementTemplate(
                contents, priority: machine.configuration.priority.rawValue, source: machine.primaryAddress,
                destination: destination, checksum: transmittedChecksumForm,
                hopLimit: destinationMAC == nil ? definition.unicastHopLimit : VRRPNumbers.hopLimit,
                sourceMAC: advertisementMACAddress, destinationMAC: destinationMAC)
        }
        switch definition.transport {
        case .multicast(let group): templates = [template(group, .multicast(group))]
        case .unicast(let peers): templates = peers.map { template($0.address, nil) }
        }
    }

    /// Whether the router is one of those whose checksum old releases got wrong.
    private var isUnicastOverIPv4: Bool {
        guard case .unicast = definition.transport else { return false }
        return definition.family == .ipv4
    }

    private var transmittedChecksumForm: ChecksumForm {
        switch definition.interoperability.transmittedChecksum {
        case .pseudoHeader: .pseudoHeader
        case .messageOnly: .messageOnly
        case .followPeer: peerChecksumForm ?? .pseudoHeader
        case .pseudoHeaderOfGroup: isUnicastOverIPv4 ? .pseudoHeaderOfGroup : .pseudoHeader
        }
    }
}

extension VirtualRouterDefinition {
    /// The number of addresses that adverts have room for; all where nothing is known of the interface.
    ///
    /// keepalived 2.2.7 counts the Ethernet header as if the MTU included it, and refuses an advert with one address more.
    func addressLimit(mtu: Int?) -> Int {
        guard let mtu else { return .max }
        let headers =
            AdvertisementTemplate.ethernetHeaderLength + (family == .ipv4 ? 20 : 40)
            + Advertisement.length(version: version, family: family, addressCount: 0)
            + (authentication.authenticationHeaderKey == nil ? 0 : AuthenticationHeader.length)
        return max(1, (mtu - headers) / family.addressLength)
    }
}
