public import VRRP

/// When a router announces its addresses by gratuitous ARP and unsolicited neighbour advertisements.
///
/// A round announces every address of the router once. Hosts and switches lose single frames, and Linux before 4.12
/// ignores a second one within a second, so a good plan repeats rounds more than a second apart.
public struct AnnouncementPlan: Equatable, Sendable {
    /// When rounds go out after the router became active, each as the time since then, ascending.
    public var afterBecomingActive: [Nanoseconds] = [
        .zero, .milliseconds(100), .milliseconds(1200), .milliseconds(2400), .seconds(5),
    ]
    /// When rounds go out after a contest that the router stayed active in, each as the time since then, ascending.
    public var afterContest: [Nanoseconds] = [.zero, .milliseconds(1200)]
    /// How often a round is repeated for as long as the router is active; nil for never.
    public var refreshInterval: Nanoseconds? = .seconds(60)
    /// How many rounds a refresh consists of, 1 or more.
    public var refreshRounds = 1
    /// The least time between two gratuitous ARP frames on an interface; zero sets no pace.
    public var gratuitousARPSpacing: Nanoseconds = .zero
    /// The least time between two unsolicited neighbour advertisements on an interface; zero sets no pace.
    public var neighborAdvertisementSpacing: Nanoseconds = .zero
    /// How addresses are announced for as long as the router is active where its adverts do not keep switches from
    /// forgetting them; nil for not at all.
    public var extraInterfaces: ExtraInterfaceAnnouncements?

    /// When the last round goes out after the router became active; zero where all go out at one moment, or none does.
    public var delayOfLastRound: Nanoseconds {
        guard let first = afterBecomingActive.first, let last = afterBecomingActive.last, last > first else {
            return .zero
        }
        return last
    }

    /// The project's own plan: at once, after 0.1, 1.2, 2.4 and 5 seconds, then each minute.
    public init() {}
}

/// Announcements on interfaces that adverts do not leave by, so that switches keep the places of their MAC addresses.
public struct ExtraInterfaceAnnouncements: Equatable, Sendable {
    /// The time between two of them, one second or more.
    public var interval: Nanoseconds
    /// Whether they are sent on the interfaces of other addresses too, and not only for a virtual MAC interface.
    public var includesPhysicalInterfaces: Bool

    /// Announcements for virtual MAC interfaces alone, unless said otherwise.
    public init(interval: Nanoseconds, includesPhysicalInterfaces: Bool = false) {
        self.interval = interval
        self.includesPhysicalInterfaces = includesPhysicalInterfaces
    }
}
