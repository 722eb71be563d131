import VRRPEngine

/// What an instance says of the routes and rules that come and go with its addresses.
///
/// Routes and rules are kept as they were written: what a name in them means may be said later in the file.
struct RoutingSettings: Sendable {
    /// Addresses that are to answer with a virtual MAC address whatever the instance does.
    var virtualMACAddresses: [Located<VirtualAddress>] = []
    /// The lines of `virtual_routes`.
    var routes: [Statement] = []
    /// The lines of `virtual_rules`.
    var rules: [Statement] = []
}

/// What the file says of what the node has in any case.
struct StaticSettings: Sendable {
    /// The lines of `static_ipaddress`.
    var addresses: [AddressEntry] = []
    /// The lines of `static_routes`.
    var routes: [Statement] = []
    /// The lines of `static_rules`.
    var rules: [Statement] = []
    /// The track groups.
    var trackGroups: [TrackGroupSettings] = []
}

/// What a `track_group` says.
struct TrackGroupSettings: Sendable {
    /// The name.
    var name: Located<String>
    /// The names of the instances.
    var members: [Located<String>] = []
}

/// What `global_defs` says of routes and static addresses.
struct GlobalRoutingSettings: Sendable {
    /// Where static addresses stand that name no interface.
    var defaultInterface: Located<String>?
    /// Where the names of iproute2 are read.
    var systemFolder: Located<String>?
    var ownFolder: Located<String>?
}
