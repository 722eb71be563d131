import VRRP
import VRRPEngine

/// What `global_defs` says of elections and interfaces, as written; nil where it says nothing.
struct GlobalElectionSettings: Sendable {
    var isStrict: Located<Bool>?
    var downTimerAdverts: Located<Int>?
    var startDelay: Located<Nanoseconds>?
    var delayAfterBoot: Located<Nanoseconds>?
    var extraInterfaces: Located<ExtraInterfaceAnnouncements?>?
    var reportsUnknownRouters: Located<Bool>?
    var disablesLocalIGMP: Located<Bool>?
    /// Whether interfaces may come back as others, for dump files: they always may.
    var dynamicInterfaces: Located<Bool>?
    var filterTable: Located<String>?
    var filterPriority: Located<Int>?
    var filterCounts: Located<Bool>?
}

/// What an instance says of elections and interfaces, as written; nil where it says nothing.
struct ElectionSettings: Sendable {
    var isStrict: Located<Bool>?
    var downTimerAdverts: Located<Int>?
    var extraInterfaces: Located<ExtraInterfaceAnnouncements?>?
    var hasNoAddresses: Located<Bool>?
    var unicastHopLimit: Located<Int>?
    var staysOutWithoutPeers: Located<Bool>?
    /// Whether unicast adverts have the checksum of old releases.
    var usesOldChecksum: Located<Bool>?
    var advertisesFromParent: Located<Bool>?
    var promotesSecondaries: Located<Bool>?
}

/// A `garp_group` as written.
struct AnnouncementGroupSettings: Sendable {
    var place: SourcePlace
    var interfaces: [Located<String>] = []
    var gratuitousARPSpacing: Located<Nanoseconds>?
    var neighborAdvertisementSpacing: Located<Nanoseconds>?

    init(place: SourcePlace) { self.place = place }
}
