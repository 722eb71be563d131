public import KubernetesAPI
public import VIPPlanning

/// An address that a virtual router is to have, and that the object of another one has still.
public struct AwaitedAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address.
    public let address: String
    /// The virtual router that is to have it.
    public let router: ObjectKey
    /// The virtual router that has it still.
    public let holder: ObjectKey

    /// What is waited for, for people; one sentence without a full stop.
    public var description: String {
        "VirtualRouter \(router) waits for \(address), which VirtualRouter \(holder) has still"
    }
}

extension AwaitedAddress {
    /// The addresses of a router that it has to wait for: such as its object has not already, and another one has.
    ///
    /// - Parameters:
    ///   - object: The router as it is; nil where there is none.
    ///   - objectsWithAddress: The objects of any group that have an address.
    ///   - isGoing: Whether an object goes before the router comes.
    static func all(
        of router: VirtualRouter, over object: VirtualRouter?, _ objectsWithAddress: (String) -> [VirtualRouter],
        isGoing: (ObjectKey) -> Bool = { _ in false }
    ) -> [AwaitedAddress] {
        router.spec.addresses.compactMap { address in
            guard object?.spec.addresses.contains(address) != true else { return nil }
            let holder = objectsWithAddress(address).first { other in
                other.key != router.key && !isGoing(other.key) && other.metadata.isOfGroup
            }
            return holder.map { AwaitedAddress(address: address, router: router.key, holder: $0.key) }
        }
    }
}

/// Addresses that are on their way into objects of virtual routers.
///
/// Several groups are worked on at a time, maybe by plans of different moments: between the look at who has an address and the
/// write that gives it to another router, somebody else may have looked as well.
public struct AddressReservations: Sendable {
    private var routers: [String: ObjectKey] = [:]

    /// Nothing is on its way.
    public init() {}

    /// Sees to it that nobody else gets the addresses of a router until they are let go.
    ///
    /// - Parameters:
    ///   - object: The router as it is; nil where there is none.
    ///   - objectsWithAddress: The objects of any group that have an address, at this moment.
    /// - Returns: What the router has to wait for; when there is anything, nothing is reserved.
    public mutating func reserve(
        for router: VirtualRouter, over object: VirtualRouter?, _ objectsWithAddress: (String) -> [VirtualRouter]
    ) -> [AwaitedAddress] {
        let onTheirWay = router.spec.addresses.compactMap { address in
            routers[address].flatMap { $0 == router.key ? nil : $0 }
                .map { AwaitedAddress(address: address, router: router.key, holder: $0) }
        }
        let awaited = onTheirWay + AwaitedAddress.all(of: router, over: object, objectsWithAddress)
        guard awaited.isEmpty else { return awaited }
        for address in router.spec.addresses { routers[address] = router.key }
        return []
    }

    /// Lets go what was reserved for a router: its object has it now, or has not become what it was to be.
    public mutating func release(_ router: VirtualRouter) {
        for address in router.spec.addresses where routers[address] == router.key { routers[address] = nil }
    }
}

/// How long groups have waited for addresses.
///
/// As a rule the router that has such an address gives it up at this moment. Where it does not, looking is done ever less often,
/// and people are told.
public struct AddressWaits: Sendable {
    /// How long the next look may be away.
    private static let pauses = Duration.milliseconds(100)...Duration.seconds(10)
    /// After how long people are told.
    private static let patience = Duration.seconds(3)

    private var beginnings: [ObjectName: ContinuousClock.Instant] = [:]

    /// Nobody waits.
    public init() {}

    /// What to do about a wait.
    public struct Advice: Hashable, Sendable {
        /// How long to wait until the next look.
        public var pause: Duration
        /// Whether people should be told.
        public var isLong: Bool
    }

    /// A group waits.
    public mutating func wait(_ group: ObjectName, at now: ContinuousClock.Instant) -> Advice {
        let beginning = beginnings[group, default: now]
        beginnings[group] = beginning
        let waited = beginning.duration(to: now)
        return Advice(
            pause: min(max(waited / 4, Self.pauses.lowerBound), Self.pauses.upperBound),
            isLong: waited >= Self.patience)
    }

    /// A group waits no more, or is gone.
    public mutating func end(_ group: ObjectName) { beginnings[group] = nil }
}
