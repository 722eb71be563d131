public import VRRP

/// Everything that an engine is told to do: the virtual routers of one node.
///
/// Definitions are values. The engine compares new ones with those in force and touches only what differs.
public struct Definitions: Equatable, Sendable {
    /// Grows with every change that a writer makes; shown in status so that one can tell which change is in force.
    public var generation: Int64
    /// The greatest generation that can be written: every reader of JSON has it exactly, and there is one after it.
    public static let greatestGeneration: Int64 = (1 << 53) - 1
    /// The virtual routers, in the order in which they were written.
    public var virtualRouters: [VirtualRouterDefinition]
    /// Which of them change their state together.
    public var syncGroups: [SyncGroupDefinition]
    /// What holds for the node as a whole.
    public var node: NodePolicy
    /// What the node has whatever its virtual routers do.
    public var statics = StaticDefinitions()
    /// How long interfaces that bounce must stay as they are before that counts.
    public var interfaceDelays: [InterfaceDelay] = []

    /// Definitions with the given virtual routers and groups of them; none by default.
    public init(
        generation: Int64 = 0, virtualRouters: [VirtualRouterDefinition] = [], syncGroups: [SyncGroupDefinition] = [],
        node: NodePolicy = NodePolicy()
    ) {
        self.generation = generation
        self.virtualRouters = virtualRouters
        self.syncGroups = syncGroups
        self.node = node
    }
}

/// One virtual router as this node takes part in it.
public struct VirtualRouterDefinition: Equatable, Sendable {
    /// The name in logs, status and metrics; unique on the node.
    public var name: String
    /// The interface that adverts are sent and received on.
    public var interface: String
    /// The family of the adverts and of the advertised addresses.
    public var family: AddressFamily
    /// The identifier, unique within interface and family among those that adverts do not tell apart (``isToldApart(from:)``).
    public var virtualRouterID: VirtualRouterID
    /// The version spoken; IPv6 exists in version 3 alone.
    public var version: ProtocolVersion = .v3
    /// The priority before tracking changes it; 255 says that this node owns the addresses.
    public var priority: Priority = .default
    /// The time between adverts while active.
    public var advertisementInterval: AdvertisementInterval = .default
    /// The addresses that adverts list, in wire order; at most 255 of `family`. None is for routers that only elect.
    public var addresses: [VirtualAddress]
    /// Addresses of either family that come and go with the others but that no advert lists.
    public var unadvertisedAddresses: [VirtualAddress] = []
    /// Routes, then rules, that come behind the addresses and go before them; one list, because each field costs where
    /// definitions are compared.
    var routing: [RoutingEntry] = []
    /// When a router with a higher priority takes over from an active one.
    public var preemption: Preemption = .immediate
    /// Whether packets to a virtual address are accepted while active; the owner always accepts (RFC 9568, section 6.1).
    public var acceptMode = true
    /// How adverts travel.
    public var transport: Transport
    /// The source address of adverts; nil takes the primary address of the interface.
    public var sourceAddress: IPAddress?
    /// The authentication of VRRPv2; version 3 has none.
    public var authentication: Authentication = .none
    /// A virtual interface that carries the virtual router MAC address; nil announces the physical MAC address.
    public var virtualMAC: VirtualMACInterface?
    /// What besides the router itself decides whether it may be active, and with which priority.
    public var tracking = Tracking()
    /// How a new active router makes itself known to its neighbours.
    public var announcements = AnnouncementPlan()
    /// Where implementations differ, what this router does.
    public var interoperability = InteroperabilityPolicy()
    /// How many adverts may be missed before a backup takes over, 1 to 100; the same on all routers.
    public var downTimerAdverts: UInt8 = VirtualRouterConfiguration.standardDownTimerAdverts
    /// The TTL or hop limit of unicast adverts.
    public var unicastHopLimit: UInt8 = VRRPNumbers.hopLimit
    /// Whether the kernel keeps the other addresses of a network when the first of them goes, a sysctl of the interface
    /// that is put back at the end.
    public var promotesSecondaries = false

    /// A definition with the protocol's defaults.
    public init(
        name: String, interface: String, family: AddressFamily, virtualRouterID: VirtualRouterID,
        addresses: [VirtualAddress], transport: Transport? = nil
    ) {
        self.name = name
        self.interface = interface
        self.family = family
        self.virtualRouterID = virtualRouterID
        self.addresses = addresses
        self.transport = transport ?? .multicast(group: family.vrrpGroup)
    }
}

/// When a backup with the higher priority takes over from a router that is active (RFC 9568, section 6.1, Preempt_Mode).
///
/// The address owner preempts always and at once.
public enum Preemption: Equatable, Sendable {
    /// As soon as the Active_Down_Timer expires.
    case immediate
    /// Not before this long after the first advert of the lower-priority router (RFC 8347, `hold-time`).
    case delayed(Nanoseconds)
    /// Never: an active router stays active while it works.
    case never
}

/// How adverts reach the other routers.
public enum Transport: Equatable, Sendable {
    /// To a group on the link; the RFC's own way.
    case multicast(group: IPAddress)
    /// To each peer by itself, for networks that do not carry multicast; never to the node's own address. Without any peer
    /// the router does not take part.
    case unicast(peers: [UnicastPeer])
}

/// Another router of a virtual router that is spoken to by unicast.
public struct UnicastPeer: Hashable, Sendable {
    /// Where adverts are sent to and accepted from.
    public var address: IPAddress
    /// The lowest TTL or hop limit accepted from the peer; 255 accepts only neighbours on the link.
    public var minimumHopLimit: UInt8
    /// The highest one accepted; less than 255 accepts only what routers have forwarded.
    public var maximumHopLimit: UInt8 = VRRPNumbers.hopLimit

    /// A peer on the link unless a lower hop limit is allowed.
    public init(address: IPAddress, minimumHopLimit: UInt8 = 255) {
        self.address = address
        self.minimumHopLimit = minimumHopLimit
    }
}

extension UnicastPeer {
    /// The hop limit that unicast adverts of keepalived arrive with from a neighbour on the link: it sets 255 for IPv4 and
    /// leaves IPv6 to the kernel, which takes 64 (its `keepalived/vrrp/vrrp.c`, unless `unicast_ttl` is given).
    ///
    /// keepalived itself accepts any; to ask a peer for this much drops, without a word from its administrator, what
    /// routers have forwarded on its behalf.
    public static func hopLimitOfKeepalived(_ family: AddressFamily) -> UInt8 {
        switch family {
        case .ipv4: 255
        case .ipv6: 64
        }
    }
}

/// The macvlan interface that makes the virtual router MAC address answer (RFC 9568, section 7.3).
public struct VirtualMACInterface: Hashable, Sendable {
    /// The name of the interface; 1 to 15 octets.
    public var name: String
    /// Another hardware address than the one of the standard; nil takes that.
    public var macAddress: MACAddress?
    /// Whether adverts come from the hardware address of the interface below; announcements do not.
    public var advertisesFromParent = false
    /// The group of links that the kernel puts it into; nil for the usual one.
    public var linkGroup: UInt32?

    /// A virtual interface called `name`.
    public init(name: String) { self.name = name }
}
