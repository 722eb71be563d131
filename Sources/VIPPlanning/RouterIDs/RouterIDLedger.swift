public import VRRP

/// The identifiers of a group: which router has which, and which are not to be used again yet.
///
/// It is kept in the group's status before anything uses an identifier: who loses it would deal them anew.
public struct RouterIDLedger: Hashable, Sendable {
    /// How long an identifier that was given back waits before it is used again: longer than an agent takes to catch up.
    public static let quarantineSeconds: Int64 = 600

    /// The identifier of each router by its key; routers of both families of one Service share it.
    public var assignments: [String: VirtualRouterID]
    /// Identifiers that were given back, with the second since 1970 from which they may be used again: until then a node
    /// may still use them in the old meaning.
    public var quarantine: [VirtualRouterID: Int64]

    /// A ledger of the given entries; empty by default.
    public init(assignments: [String: VirtualRouterID] = [:], quarantine: [VirtualRouterID: Int64] = [:]) {
        self.assignments = assignments
        self.quarantine = quarantine
    }
}
