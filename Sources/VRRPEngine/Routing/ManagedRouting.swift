import VRRP

/// A route or rule of a router, or of the node itself, and what the kernel is known to have of it.
struct ManagedRouting: Sendable {
    /// The route or rule as it was defined.
    var entry: RoutingEntry
    /// Where it stands.
    var state = State.absent
    /// Whether the kernel refused it when it was last tried.
    var isRefused = false
    /// It was there before the engine asked for it, so that it stays when the engine leaves.
    var isForeign = false

    enum State: Hashable, Sendable {
        case absent
        case adding
        case present
        /// It is added once more, in case that somebody has removed it.
        case restoring
        case removing

        /// Whether the kernel is to have it.
        var isHeld: Bool {
            switch self {
            case .adding, .present, .restoring: true
            case .absent, .removing: false
            }
        }
    }

    /// The wait between two tries to configure what the kernel refuses or somebody else removes.
    static let retryInterval: Nanoseconds = .seconds(1)
}

/// A route or rule with everything needed to configure it.
public struct RoutingAssignment: Hashable, Sendable {
    /// The route or rule.
    public var entry: RoutingEntry
    /// The numbers of ``RoutingEntry/resolvedInterfaces``.
    public var interfaceIndices: [Int32]
    /// The virtual router that wants it; nil for the node itself.
    public var router: RouterSlot?
}
