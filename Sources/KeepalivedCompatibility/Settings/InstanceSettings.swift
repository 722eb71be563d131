import VRRP
import VRRPEngine

/// What a `vrrp_instance` says, as written; nil where it says nothing.
struct InstanceSettings: Sendable {
    var name: Located<String>
    var startsAsMaster: Located<Bool>?
    var interface: Located<String>?
    var virtualRouterID: Located<VirtualRouterID>?
    var priority: Located<Priority>?
    var advertisementInterval: Located<Nanoseconds>?
    var version: Located<ProtocolVersion>?

    /// The family of the first address that says something about it.
    private(set) var family: Located<AddressFamily>?
    var addresses: [Located<VirtualAddress>] = []
    var unadvertisedAddresses: [Located<VirtualAddress>] = []

    var unicastSource: Located<IPAddress>?
    var multicastSource: Located<IPAddress>?
    var group: Located<IPAddress>?
    /// The peers; nil where the instance has no list of them, which is not the same as an empty list.
    var peers: Located<[Located<PeerSettings>]>?

    var authenticationType: Located<AuthenticationType>?
    var password: Located<String>?

    var preempts: Located<Bool>?
    var preemptDelay: Located<Nanoseconds>?
    var accepts: Located<Bool>?

    var ignoresOwnInterface: Located<Bool>?
    var trackedInterfaces: [Located<TrackedInterface>] = []

    var announcements = AnnouncementSettings()
    var interoperability = InteroperabilitySettings()
    /// The wish for a virtual MAC interface.
    var virtualMAC: Located<VirtualMACSettings>?

    var election = ElectionSettings()

    /// Whether something that was read of it is an error.
    var hasErrors = false

    var notification = NotificationSettings()

    var routing = RoutingSettings()

    var tracking = TrackingSettings()

    init(name: Located<String>) { self.name = name }

    /// Fixes the family of the instance unless an earlier address has.
    mutating func noteFamily(_ family: AddressFamily, at place: SourcePlace, text: String) {
        if self.family == nil { self.family = Located(family, at: place, text: text) }
    }
}

/// A peer as written.
struct PeerSettings: Sendable {
    var address: IPAddress
    var minimumHopLimit: UInt8?
    var maximumHopLimit: UInt8?
}

/// An interface that is watched, as written.
struct TrackedInterface: Sendable {
    var name: String
    var weight = WeightSettings()
}

/// What `use_vmac` says; nil where it says nothing.
struct VirtualMACSettings: Sendable {
    var name: String?
    /// The hardware address, the last octet 0 where only five are written.
    var macAddress: MACAddress?
    /// Whether the last octet is that of the virtual router identifier.
    var isPrefix = false
    var linkGroup: UInt32?
}

/// The values of `auth_type`.
enum AuthenticationType: Sendable {
    /// A password in clear.
    case password
    /// The IPsec authentication header of RFC 2338.
    case authenticationHeader
}

/// Everything that a configuration says.
struct ConfigurationSettings: Sendable {
    var global = GlobalSettings()
    var instances: [InstanceSettings] = []
    var groups: [SyncGroupSettings] = []
    var scripts: [ScriptSettings] = []
    var announcementGroups: [AnnouncementGroupSettings] = []
    var identity = IdentitySettings()

    var statics = StaticSettings()
    var tracked = TrackedThings()
}
