public import VRRP

/// Why a virtual router stays in Initialize although it is configured.
public enum RouterFault: Hashable, Sendable {
    /// There is no interface of this name.
    case interfaceMissing(String)
    /// The interface is down or has no carrier.
    case interfaceDown(String)
    /// The interface has no hardware address, so that neighbours cannot be told where an address is.
    case noHardwareAddress(String)
    /// The interface has no address that adverts may come from.
    case noPrimaryAddress(String)
    /// The kernel does not let adverts be received on the interface; the router would believe that it is alone.
    case notListening(String)
    /// The virtual MAC interface is not there yet.
    case virtualInterfaceMissing(String)
    /// No interface of the node has the address that adverts are to come from.
    case sourceAddressMissing(IPAddress)
    /// A tracked object keeps the router out: one without a weight that is bad, or a number that is too low.
    case trackedObject(TrackedObject)
    /// Something that the node is to have in any case cannot be configured.
    case staticEntryMissing(String)
    /// Another member of the sync group cannot take part, by its name.
    case groupMember(String)
    /// Adverts go by unicast, and there is no peer to send them to.
    case noPeers
    /// The node keeps out of every election until its start is old enough.
    case startDelayed
}

extension RouterFault: CustomStringConvertible {
    /// One clause for people, without a full stop.
    public var description: String {
        switch self {
        case .interfaceMissing(let name): "interface \(name) does not exist"
        case .interfaceDown(let name): "interface \(name) is down"
        case .noHardwareAddress(let name): "interface \(name) has no hardware address"
        case .noPrimaryAddress(let name): "interface \(name) has no address to send from"
        case .notListening(let name): "adverts cannot be received on interface \(name)"
        case .virtualInterfaceMissing(let name): "virtual MAC interface \(name) is not there yet"
        case .sourceAddressMissing(let address): "no interface has the source address \(address)"
        case .trackedObject(.interface(let name)): "tracked interface \(name) is down"
        case .trackedObject(.external(let name)): "tracked object \(name) is bad"
        case .noPeers: "there is no peer to send to"
        case .startDelayed: "the delay after the start is not over"
        case .staticEntryMissing(let entry): "the static \(entry) cannot be configured"
        case .trackedObject(.number(let name)): "tracked object \(name) has a number that takes the router out"
        case .groupMember(let name): "\(name) of the same sync group cannot take part"
        }
    }
}
