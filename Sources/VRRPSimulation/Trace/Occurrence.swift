public import VRRP
public import VRRPEngine

/// Something that happened in a laboratory.
public enum Occurrence: Hashable, Sendable {
    /// The scenario did something.
    case action(String)
    /// An engine sent an advert.
    case sent(SentAdvertisement)
    /// A packet reached an engine.
    case received(from: String)
    /// A packet got lost on its way to the node.
    case lost(from: String)
    /// An engine announced an address.
    case announced(Announcement)
    /// An engine had an address configured.
    case addressAdded(IPAddress, succeeded: Bool)
    /// An engine had an address removed.
    case addressRemoved(IPAddress, wasThere: Bool)
    /// An engine had a route or rule configured.
    case routingAdded(RoutingEntry, ConfigurationOutcome)
    /// An engine had a route or rule removed.
    case routingRemoved(RoutingEntry, wasThere: Bool)
    /// An engine said something.
    case reported(Report)
    /// An engine asked for something else.
    case requested(String)
    /// An invariant does not hold.
    case violated(String)
}

/// An advert that an engine sent.
public struct SentAdvertisement: Hashable, Sendable {
    /// The laboratory's time.
    public var moment: Instant
    /// The sender.
    public var node: String
    /// The envelope.
    public var datagram: Datagram
    /// The fields of the message.
    public var message: Advertisement
    /// The addresses that it lists.
    public var addresses: [IPAddress]
    /// The complete frame.
    public var frame: [UInt8]
}

extension Occurrence: CustomStringConvertible {
    /// What happened, as one line of a trace has it.
    public var description: String {
        switch self {
        case .action(let text): "-- \(text)"
        case .sent(let advert):
            "sends VRID \(advert.message.virtualRouterID) priority \(advert.message.priority)"
                + " interval \(advert.message.intervalCentiseconds) cs to \(advert.datagram.destination)"
        case .received(let source): "hears \(source)"
        case .lost(let source): "misses \(source)"
        case .announced(let announcement): "announces \(announcement.address) at \(announcement.macAddress)"
        case .addressAdded(let address, let succeeded): "adds \(address)\(succeeded ? "" : ": refused")"
        case .addressRemoved(let address, let wasThere): "removes \(address)\(wasThere ? "" : ": was not there")"
        case .routingAdded(let entry, let outcome): "adds \(entry): \(outcome)"
        case .routingRemoved(let entry, let wasThere): "removes \(entry)\(wasThere ? "" : ": was not there")"
        case .reported(let report): "reports \(report)"
        case .requested(let text): text
        case .violated(let text): "!! \(text)"
        }
    }
}
