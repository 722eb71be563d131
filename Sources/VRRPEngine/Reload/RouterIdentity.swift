import VRRP

/// What identifies a virtual router on its node (RFC 9568, section 5.2.3).
struct RouterKey: Hashable, Sendable {
    var interface: String
    var family: AddressFamily
    var virtualRouterID: VirtualRouterID

    init(_ definition: VirtualRouterDefinition) {
        interface = definition.interface
        family = definition.family
        virtualRouterID = definition.virtualRouterID
    }
}

/// What a virtual router is recognised by when definitions change.
struct RouterIdentity: Hashable, Sendable {
    var key: RouterKey
    /// The name, where several virtual routers have the key.
    var name: String?
}

/// Which virtual routers of two lists are the same ones.
struct RouterIdentities {
    /// What more than one virtual router of a list has.
    private var shared: Set<RouterKey>

    /// The virtual routers as they were and as they are to be.
    init(of old: [VirtualRouterDefinition], and new: [VirtualRouterDefinition]) {
        shared = Self.repeated(in: old).union(Self.repeated(in: new))
    }

    /// What a virtual router of either list is recognised by in the other.
    func identity(of definition: VirtualRouterDefinition) -> RouterIdentity {
        let key = RouterKey(definition)
        return RouterIdentity(key: key, name: shared.contains(key) ? definition.name : nil)
    }

    private static func repeated(in list: [VirtualRouterDefinition]) -> Set<RouterKey> {
        var seen = Set<RouterKey>(minimumCapacity: list.count)
        return Set(list.lazy.map { RouterKey($0) }.filter { !seen.insert($0).inserted })
    }
}

extension VirtualRouterDefinition {
    /// Whether adverts tell two virtual routers with the same interface, family and identifier apart, as keepalived has it:
    /// they come to another group, to another address, or from other peers.
    ///
    /// A virtual MAC is made of the identifier and cannot be on a link twice (RFC 9568, section 7.3).
    public func isToldApart(from other: VirtualRouterDefinition) -> Bool {
        guard virtualMAC == nil || other.virtualMAC == nil else { return false }
        switch (transport, other.transport) {
        case (.multicast(let group), .multicast(let otherGroup)): return group != otherGroup
        case (.unicast(let peers), .unicast(let otherPeers)):
            if let sourceAddress, let otherAddress = other.sourceAddress, sourceAddress != otherAddress { return true }
            // A node may be in its own list, and sends itself nothing.
            let own = [sourceAddress, other.sourceAddress]
            return !peers.contains { peer in
                !own.contains(peer.address) && otherPeers.contains { $0.address == peer.address }
            }
        case (.multicast, .unicast), (.unicast, .multicast): return true
        }
    }
}
