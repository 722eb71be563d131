/// What is exported of one VRRP instance.
public struct InstanceRecord: Sendable, Equatable {
    /// The name of the `vrrp_instance`.
    public var name: String
    /// The interface; empty while the instance has none.
    public var interface: String
    /// The identifier.
    public var virtualRouterID: Int64
    /// The state; nil for one that has no name here.
    public var state: InstanceState?
    /// The counts in the order of ``InstanceCounter/allCases``; one that its source does not have is 0.
    public var counts: [UInt64]
    /// Its addresses.
    public var addresses: [InstanceAddress] = []
    /// `garp_master_delay`, in seconds.
    public var announcementDelay: Int64 = 0

    /// An instance with these values; a counter that is not among them counts as 0.
    public init(
        name: String, interface: String, virtualRouterID: Int64, state: InstanceState?,
        counters: [InstanceCounter: UInt64], addresses: [InstanceAddress] = [], announcementDelay: Int64 = 0
    ) {
        self.name = name
        self.interface = interface
        self.virtualRouterID = virtualRouterID
        self.state = state
        counts = InstanceCounter.allCases.map { counters[$0] ?? 0 }
        self.addresses = addresses
        self.announcementDelay = announcementDelay
    }
}

/// The state of an instance by keepalived's words; the order is that of its numbers.
public enum InstanceState: String, Sendable, CaseIterable {
    /// Not begun, or shut down.
    case initialize = "INIT"
    /// Another router is active.
    case backup = "BACKUP"
    /// Active.
    case active = "MASTER"
    /// Kept out of the election.
    case fault = "FAULT"

    /// The state of a number in keepalived.json; nil for every other number.
    public init?(number: Int64) {
        guard let index = Int(exactly: number), Self.allCases.indices.contains(index) else { return nil }
        self = Self.allCases[index]
    }
}
