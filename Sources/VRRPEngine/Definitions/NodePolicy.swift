public import VRRP

/// What holds for a node as a whole, whatever its virtual routers are.
public struct NodePolicy: Equatable, Sendable {
    /// How long after its own start an engine keeps out of every election.
    public var startDelay: Nanoseconds = .zero
    /// How long after the start of the node an engine keeps out of every election: switches and routes may not be ready.
    public var delayAfterBoot: Nanoseconds = .zero
    /// Whether adverts with an identifier that no virtual router here has are reported; they are counted in any case.
    public var reportsUnknownRouters = false
    /// Interfaces that share the pace of their announcements.
    public var announcementGroups: [AnnouncementGroup] = []
    /// Whether the kernel sends no IGMP reports for 224.0.0.0/24, a sysctl that is put back at the end.
    public var disablesLocalIGMP = false
    /// Whether an address may belong to several virtual routers, and stand for as long as one of them holds it.
    ///
    /// keepalived has it so. It has no member in JSON, where an address that is there twice is taken for a mistake.
    public var allowsSharedAddresses = false
    /// How packets to addresses are dropped that are held without being accepted.
    public var filter = FilterPolicy()

    /// Nothing out of the ordinary.
    public init() {}

    /// When an engine that starts now may take part.
    ///
    /// - Parameter uptime: how long the node has been running.
    public func earliestStart(startingAt now: Instant, uptime: Nanoseconds) -> Instant {
        now + max(startDelay, delayAfterBoot - uptime, .zero)
    }
}

/// Interfaces that share the pace of their announcements, for a switch behind them that can take no more.
public struct AnnouncementGroup: Equatable, Sendable {
    /// The names of the interfaces; each is in one group alone.
    public var interfaces: [String]
    /// The least time between two gratuitous ARP frames on all of them; nil leaves each to its routers' own pace.
    public var gratuitousARPSpacing: Nanoseconds?
    /// The least time between two unsolicited neighbour advertisements on all of them; nil likewise.
    public var neighborAdvertisementSpacing: Nanoseconds?

    /// A group without a pace.
    public init(interfaces: [String]) { self.interfaces = interfaces }

    func spacing(of family: AddressFamily) -> Nanoseconds? {
        switch family {
        case .ipv4: gratuitousARPSpacing
        case .ipv6: neighborAdvertisementSpacing
        }
    }
}

/// The table of nftables that drops packets to addresses which are held without being accepted.
public struct FilterPolicy: Hashable, Sendable {
    /// The name of the table, 1 to 255 octets; no other program may have one of this name.
    public var table = "vrrpd"
    /// The priority of its chains among those of other tables; lower comes first.
    public var priority: Int32 = -1
    /// Whether its rules count what they drop.
    public var countsPackets = false

    /// The table `vrrpd`, just before the usual filters.
    public init() {}
}
