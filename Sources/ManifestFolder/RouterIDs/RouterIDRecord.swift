public import VIPPlanning
public import VRRP

/// The identifiers of virtual routers that a file keeps for a folder, so that all hosts use the same ones.
///
/// An entry stays when its router goes: the number waits for the router's return, and no other router gets it while there
/// are free ones. That needs no clock, which hosts with a folder each do not have in common.
public struct RouterIDRecord: Hashable, Sendable {
    /// For each group the identifier of each router by its key: the Service's `namespace/name`, with the address behind
    /// another slash where each address has a router of its own.
    public var groups: [ObjectName: [String: VirtualRouterID]]

    /// A record of the given identifiers; empty by default.
    public init(_ groups: [ObjectName: [String: VirtualRouterID]] = [:]) { self.groups = groups }

    /// The identifiers that some group has.
    var all: Set<VirtualRouterID> { Set(groups.values.flatMap(\.values)) }
}
