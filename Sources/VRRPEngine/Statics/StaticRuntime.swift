import VRRP

/// What the node has for as long as the engine runs, and what the kernel is known to have of it.
struct StaticRuntime: Sendable {
    /// The addresses in the order of their definitions.
    var addresses: [StaticAddress] = []
    /// Which of them each address on an interface is.
    var positions: [AddressKey: Int] = [:]
    /// The routes, then the rules.
    var routing: [ManagedRouting] = []
    /// What each virtual router depends on, by its name.
    var dependencies: [String: [StaticDependency]] = [:]

    /// Whether there is nothing.
    var isEmpty: Bool { addresses.isEmpty && routing.isEmpty }
}

/// An address of the node.
struct StaticAddress: Sendable {
    /// The address as it was defined.
    var address: VirtualAddress
    /// The interface that it was last configured on; nil before that.
    var interfaceIndex: Int32?
    /// Whether the kernel has it, or has been asked for it.
    var isHeld = false
    /// Whether the kernel refused it when it was last tried.
    var isRefused = false
    /// Somebody removed it, and it is one that is not put back.
    var isForgone = false
    /// It was there before the engine asked for it, so that it stays when the engine leaves.
    var isForeign = false
    /// When it was last put back.
    var lastRestored: Instant?
}

/// Something of the node that a virtual router depends on.
enum StaticDependency: Hashable, Sendable {
    /// An address, by its definition.
    case address(VirtualAddress)
    /// A route or a rule.
    case routing(RoutingEntry)

    /// The interfaces that it needs.
    var interfaces: [String] {
        switch self {
        case .address(let address): [address.interface].compactMap(\.self)
        case .routing(let entry): entry.interfaces
        }
    }
}
