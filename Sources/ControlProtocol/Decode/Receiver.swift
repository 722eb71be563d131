public import VRRP
import VRRPEngine

/// What the receiver of a packet is configured with; whatever is nil is taken from the packet itself.
public struct Receiver: Sendable, Equatable {
    /// The version that it speaks.
    public var version: ProtocolVersion?
    /// Its virtual router.
    public var virtualRouterID: VirtualRouterID?
    /// Its interval.
    public var interval: AdvertisementInterval?
    /// Its authentication, which counts for VRRPv2 alone.
    public var authentication: Authentication?
    /// Its addresses in wire order; empty compares nothing.
    public var addresses: [IPAddress] = []
    /// How adverts reach it.
    public var transport: ReceiverTransport?
    /// The least hop limit that a unicast peer may have; nil is what a peer that runs keepalived sends.
    public var minimumHopLimit: UInt8?
    /// Which checksum forms it accepts with VRRPv3 over IPv4.
    public var acceptedChecksums: AcceptedChecksumForms = .both
    /// Whether the first IPv6 address must be link-local.
    public var requiresLinkLocalFirst = true
    /// What it does about a differing list of addresses; nil is what the standard says for the version: VRRPv2 discards
    /// the advert unless its sender owns the addresses (RFC 3768, section 7.1), VRRPv3 counts the difference.
    public var addressListMismatch: AddressListMismatch?

    /// A receiver that takes everything from the packet.
    public init() {}
}

/// How adverts reach a receiver.
public enum ReceiverTransport: String, Sendable, CaseIterable {
    /// As a member of the family's group.
    case multicast
    /// From its peers, one of which is the packet's source, to its own address, the packet's destination.
    case unicast
}

extension Receiver {
    /// Checks a packet as the engine does that has heard none before; nobody tells what the key of an authentication header
    /// is that the receiver is not given.
    func check(
        _ message: Span<UInt8>, _ datagram: Datagram, in packet: Span<UInt8>
    ) throws(DiscardReason) -> ReceivedAdvertisement {
        if let virtualRouterID, message.count < 2 || message[1] != virtualRouterID.rawValue {
            throw ReceptionRules.reasonForUnknownRouter(message, datagram) { accepts($0, datagram.family) }
        }
        if let version, !Self.exists(version, datagram.family) {
            // Nobody can be configured like that, so the packet finds no virtual router of its version.
            throw ReceptionRules.reasonForUnknownRouter(message, datagram) { _ in false }
        }
        var sequence = AuthenticationSequence()
        return try rules(for: message, datagram).check(message, datagram, in: packet, &sequence)
    }

    /// The form of the packet's checksum, whatever else is wrong with it; nil when it fits none.
    func checksumForm(of message: Span<UInt8>, _ datagram: Datagram) -> ChecksumForm? {
        guard let header = Advertisement(message) else { return nil }
        var rules = rules(for: message, datagram)
        rules.version = ProtocolVersion(rawValue: header.version) ?? .v3
        rules.acceptedChecksums = .both
        return rules.checksumForm(of: message, datagram)
    }

    private func rules(for message: Span<UInt8>, _ datagram: Datagram) -> ReceptionRules {
        let header = Advertisement(message)
        let sent = header.flatMap { ProtocolVersion(rawValue: $0.version) }
        let family = datagram.family
        var rules = ReceptionRules(
            version: version ?? sent.flatMap { Self.exists($0, family) ? $0 : nil } ?? .v3, family: family,
            interval: interval ?? header.flatMap { AdvertisementInterval(centiseconds: $0.intervalCentiseconds) }
                ?? .default,
            authentication: authentication(of: datagram) ?? Self.authentication(of: header, message),
            addresses: addresses)
        rules.acceptedChecksums = acceptedChecksums
        rules.requiresLinkLocalFirst = requiresLinkLocalFirst
        rules.addressListMismatch = addressListMismatch ?? (rules.version == .v2 ? .discard : .count)
        switch transport ?? (datagram.destination.isUnicast ? .unicast : .multicast) {
        case .multicast: break
        case .unicast:
            // A packet to a group is none that a unicast router takes: no destination then fits.
            rules.destination = datagram.destination.isUnicast ? datagram.destination : datagram.source
            let hopLimit = minimumHopLimit ?? UnicastPeer.hopLimitOfKeepalived(family)
            rules.peers = [.init(address: datagram.source, minimumHopLimit: hopLimit)]
        }
        return rules
    }

    /// The authentication; its password is the key where the packet has an authentication header.
    private func authentication(of datagram: Datagram) -> Authentication? {
        guard datagram.authenticationHeader != nil else { return authentication }
        switch authentication {
        case .simpleText(let key): return .authenticationHeader(key: key)
        // Nobody has the key 0, so that the header is found not to be right.
        case nil: return .authenticationHeader(key: SimpleTextPassword(octets: 0))
        default: return authentication
        }
    }

    private func accepts(_ version: UInt8, _ family: AddressFamily) -> Bool {
        guard let version = ProtocolVersion(rawValue: version), Self.exists(version, family) else { return false }
        return self.version == nil || self.version == version
    }

    private static func exists(_ version: ProtocolVersion, _ family: AddressFamily) -> Bool {
        version == .v3 || family == .ipv4
    }

    private static func authentication(of header: Advertisement?, _ message: Span<UInt8>) -> Authentication {
        guard let header, header.authenticationType == 1,
            message.count >= VRRPNumbers.headerLength + VRRPNumbers.authenticationDataLength
        else { return .none }
        let data = message.uint64(at: message.count - VRRPNumbers.authenticationDataLength)
        return .simpleText(SimpleTextPassword(octets: data))
    }
}
