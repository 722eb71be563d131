import VRRP
import VRRPEngine

/// What `global_defs` says, as written; nil where it says nothing.
struct GlobalSettings: Sendable {
    var routerID: Located<String>?
    var version: Located<ProtocolVersion>?
    var groupIPv4: Located<IPAddress>?
    var groupIPv6: Located<IPAddress>?
    var virtualMACPrefix: Located<String>?

    var announcements = AnnouncementSettings()
    var announcesSparingly: Located<Bool>?
    var gratuitousARPSpacing: Located<Nanoseconds>?
    var neighborAdvertisementSpacing: Located<Nanoseconds>?

    var interoperability = InteroperabilitySettings()

    var realTimePriority: Located<Int>?
    var niceness: Located<Int>?
    var locksMemory: Located<Bool>?

    var scriptUser: Located<ScriptUser>?
    var scriptsNeedSafePaths: Located<Bool>?

    var election = GlobalElectionSettings()
    var process = ProcessSettings()
    var notification = GlobalNotificationSettings()
    var routing = GlobalRoutingSettings()
    /// What is wrong with it, and not among the values for that reason.
    var errors: [Diagnostic] = []
}

/// What is said of announcements, for all instances or for one; times in whole seconds.
struct AnnouncementSettings: Sendable {
    var delay: Located<Int>?
    var rounds: Located<Int>?
    var refresh: Located<Int>?
    var refreshRounds: Located<Int>?
    var contestDelay: Located<Int>?
    var contestRounds: Located<Int>?
}

/// What is said of the differences between implementations, for all instances or for one.
struct InteroperabilitySettings: Sendable {
    var skipsAddressListCheck: Located<Bool>?
    var staysSilentToLowerPriority: Located<Bool>?
    var advertisesBeforeYielding: Located<Bool>?
    var ownerIgnoresAdverts: Located<Bool>?
    var checksumAsVersion2: Located<Bool>?
}
