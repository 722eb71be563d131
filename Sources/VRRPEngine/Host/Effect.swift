public import VRRP

/// What the engine wants done; whoever hosts it carries effects out in order.
///
/// Runs on the engine's thread: an effect of the steady state, ``transmit(_:)``, refers to no heap object.
public enum Effect: Sendable {
    /// Send an advert; ``Engine/encode(_:into:)`` writes its octets.
    case transmit(Transmission)
    /// Send an announcement; ``Announcement/encode(into:)`` writes its octets.
    case announce(Announcement)
    /// Configure an address, then tell the engine through ``Engine/addressOperationEnded(_:isAdded:_:at:effects:)``.
    case addAddress(AddressAssignment)
    /// Remove an address, then tell the engine the same way.
    case removeAddress(AddressAssignment)
    /// Configure a route or rule, then tell the engine through ``Engine/routingOperationEnded(_:isAdded:_:at:effects:)``.
    ///
    /// Indirect, because a route would make every effect larger, adverts among them.
    indirect case addRouting(RoutingAssignment)
    /// Remove a route or rule, then tell the engine the same way.
    indirect case removeRouting(RoutingAssignment)
    /// Receive adverts of a family on an interface, as a member of the group where there is one; tell the engine through
    /// ``Engine/setHears(_:_:at:effects:)`` where that does not work, and when it does again.
    case startListening(Subscription)
    /// Stop receiving them; the interface may be gone already.
    case stopListening(Subscription)
    /// Create a macvlan interface, down, without addresses; the engine hears of it as of any other interface.
    case createVirtualInterface(VirtualInterface)
    /// Remove it.
    case removeVirtualInterface(VirtualInterface)
    /// Set it up or down.
    case setVirtualInterface(VirtualInterface, isUp: Bool)
    /// Drop packets from and to an address, neighbour discovery excepted, until told otherwise.
    case refuseTraffic(IPAddress)
    /// Stop dropping them.
    case allowTraffic(IPAddress)
    /// Something that a person or a program who watches would want to know.
    case report(Report)
    /// Something that people want to know who look for reasons; only where ``Engine/tellsDecisions`` is set.
    ///
    /// Indirect, because it would make every effect larger, adverts among them.
    indirect case decision(Decision)
}

/// One advert that is due.
public struct Transmission: Hashable, Sendable {
    /// The virtual router.
    public var router: RouterSlot
    /// The interface that it leaves by.
    public var interfaceIndex: Int32
    /// The priority in it, 0 when the router gives up.
    public var priority: UInt8
    /// Where it goes: the group, or the peer of this number.
    public var destination: Destination
    /// The number in its authentication header; 0 without one.
    public var sequenceNumber: UInt32 = 0

    /// Where an advert goes.
    public enum Destination: Hashable, Sendable {
        /// To the multicast group: the frame is complete with its Ethernet header.
        case group
        /// To the unicast peer at this place in the definition: the Ethernet header is blank, the kernel routes.
        case peer(Int)
    }
}

/// The place of a virtual router in its engine; stays the same for as long as the router exists.
public struct RouterSlot: Hashable, Sendable {
    /// The number of the place, from 0.
    public let index: Int
}

/// An address on an interface, with everything needed to configure it.
public struct AddressAssignment: Hashable, Sendable {
    /// The interface.
    public var interfaceIndex: Int32
    /// The address and how it is to be configured.
    public var address: VirtualAddress
    /// The virtual router that wants it.
    public var router: RouterSlot?

    /// Describes an address on an interface.
    public init(interfaceIndex: Int32, address: VirtualAddress, router: RouterSlot? = nil) {
        self.interfaceIndex = interfaceIndex
        self.address = address
        self.router = router
    }
}

/// Adverts of one family on one interface.
public struct Subscription: Hashable, Sendable {
    /// The interface.
    public var interfaceIndex: Int32
    /// The family.
    public var family: AddressFamily
    /// The multicast group to join; nil where the node only has unicast peers.
    public var group: IPAddress?
    /// Whether they are those that stand behind an authentication header, IPv4 alone, and not those that do not.
    public var hasAuthenticationHeader = false
}

extension Subscription: Comparable {
    /// Orders by interface, then by family, then by authentication header, then by group, so that the same inputs give the same effects.
    public static func < (left: Self, right: Self) -> Bool {
        if left.interfaceIndex != right.interfaceIndex { return left.interfaceIndex < right.interfaceIndex }
        if left.family != right.family { return left.family.rawValue < right.family.rawValue }
        if left.hasAuthenticationHeader != right.hasAuthenticationHeader { return right.hasAuthenticationHeader }
        return switch (left.group, right.group) {
        case (let left?, let right?): left < right
        case (nil, .some): true
        case (_, nil): false
        }
    }
}

/// A macvlan interface with a virtual router MAC address.
public struct VirtualInterface: Hashable, Sendable {
    /// The interface below it.
    public var parentIndex: Int32
    /// Its name.
    public var name: String
    /// Its hardware address.
    public var macAddress: MACAddress
    /// The group of links that it belongs to; nil for the usual one.
    public var linkGroup: UInt32?
}
