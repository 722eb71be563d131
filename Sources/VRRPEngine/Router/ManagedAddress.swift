import VRRP

/// A virtual address and what the kernel is known to have of it.
struct ManagedAddress: Sendable {
    /// The address as it was defined.
    var address: VirtualAddress
    /// Whether adverts list it.
    var isAdvertised: Bool
    /// The interface that it belongs on; nil while there is no such interface.
    var interfaceIndex: Int32?
    /// The prefix lengths under which the kernel has told that it stands on the interface: its own, and those under which
    /// somebody else configured it. IPv4 addresses may stand under several at once.
    var standingPrefixLengths: [UInt8] = []
    /// Where it stands.
    var state = State.absent
    /// Whether it stands there because another router asked for it, which has the same one.
    var isBorrowed = false
    /// Whether the kernel has told that the address can be used since the engine asked for it.
    var isUsable = false
    /// Until when announcements wait for the kernel to tell that; nil where they need not.
    var usableBy: Instant?
    /// When to try again after the kernel refused a change of it or somebody else undid one; nil while nothing is to be tried.
    var retryAt: Instant?
    /// Whether the kernel refused it when it was last tried.
    var isRefused = false
    /// When it was last put back.
    var lastRestored: Instant?
    /// When it was last taken away from somebody else who had configured it, and when that was last reported.
    var lastRemoved: Instant?
    var lastStrayReport: Instant?
    /// Somebody removed it, and it is one that is not put back; ends when the router leaves.
    var isForgone = false
    /// It stood on the interface of an address owner before the engine came: it is the node's own and is never removed.
    var isAdopted = false

    enum State: Hashable, Sendable {
        case absent
        case adding
        case present
        case removing
    }

    /// How long announcements wait for a usable address: the kernel tells within a millisecond, and not at all where the
    /// address was there before.
    static let usabilityTimeout: Nanoseconds = .milliseconds(50)
    /// The wait between two tries to configure an address that somebody else removes or that the kernel refuses.
    static let retryInterval: Nanoseconds = .seconds(1)
}

/// An address on an interface.
struct AddressKey: Hashable, Sendable {
    var interfaceIndex: Int32
    var address: IPAddress
}

extension AddressAssignment {
    /// The address on its interface.
    var key: AddressKey { AddressKey(interfaceIndex: interfaceIndex, address: address.address) }
}
