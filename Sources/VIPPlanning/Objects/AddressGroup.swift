public import VRRP

/// What a KeepalivedGroup asks for: the nodes that share addresses, and how they do it.
public struct AddressGroup: Hashable, Sendable {
    /// The name of the group.
    public var name: ObjectName
    /// The labels that a node must have to take part; none lets every node.
    public var nodeSelector: [String: String] = [:]
    /// The interface that adverts are sent and addresses are configured on.
    public var interface: InterfaceChoice
    /// The version that IPv4 routers speak; IPv6 exists in version 3 alone.
    public var version: ProtocolVersion = .v3
    /// The time between the adverts of an active router; routers of version 2 take the next whole second.
    public var advertisementInterval = Self.defaultInterval
    /// When an address moves to a node that has the better claim.
    public var preemption: PreemptionPolicy = .sticky
    /// Whether nodes speak to each other one by one instead of by multicast.
    public var isUnicast = false
    /// Identifiers that no router of the group may have.
    public var excludedRouterIDs: Set<VirtualRouterID> = []
    /// Identifiers that the nodes of the group have heard others use on its links, maybe those of other groups: new routers,
    /// also of its neighbours, get none of those that are strangers', of which 64 count at most.
    public var foreignRouterIDs: Set<VirtualRouterID> = []
    /// Where the password of routers of version 2 is; nil for none. Version 3 has no passwords.
    public var password: PasswordSource?
    /// Options of a vrrp_instance of keepalived, by keyword, that hold for every router of the group.
    public var options: [String: String] = [:]
    /// The namespaces whose Services may join; nil lets all.
    public var admittedNamespaces: Set<String>?
    /// The networks that addresses must lie in; nil lets all.
    public var admittedNetworks: [AddressRange]?

    /// 100 ms: a node that falls silent is replaced within 0.4 s.
    public static let defaultInterval = AdvertisementInterval(centiseconds: 10) ?? .default

    /// A group on the given interface, with everything else at its default.
    public init(_ name: ObjectName, interface: InterfaceChoice) {
        self.name = name
        self.interface = interface
    }
}

/// Which interface of a node a group uses.
public enum InterfaceChoice: Hashable, Sendable {
    /// The one of this name.
    case named(String)
    /// The one that packets to this address leave by; each node finds out for itself.
    case towards(IPAddress)

    /// Whether both may be the same interface of a node.
    func mayBe(_ other: InterfaceChoice) -> Bool {
        switch (self, other) {
        case (.named(let own), .named(let others)): own == others
        case (.towards, _), (_, .towards): true
        }
    }
}

/// Where a password is kept: a Secret in the namespace of the group.
public struct PasswordSource: Hashable, Sendable {
    /// The name of the Secret.
    public var secret: String
    /// The key in the Secret.
    public var key: String

    /// The value of `key` in `secret`.
    public init(secret: String, key: String) {
        self.secret = secret
        self.key = key
    }
}

/// When an address that works moves to a node that has the better claim to it.
public enum PreemptionPolicy: Hashable, Sendable {
    /// Never: to move an address cuts the connections to it.
    case sticky
    /// When the better node has been back for this long.
    case delayed(Nanoseconds)
    /// As soon as the better node is back.
    case immediate
}
