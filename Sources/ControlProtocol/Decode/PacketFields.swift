public import VRRP
import JSONDocument

/// The envelope and the fields of a message, as far as the message goes.
public struct PacketFields: Sendable, Equatable {
    /// The envelope.
    public let datagram: Datagram
    /// The length of the message in octets.
    public let messageLength: Int
    /// The fixed part; nil where the message is shorter than that.
    public let header: Advertisement?
    /// The addresses that are complete, at most as many as the header says.
    public let addresses: [IPAddress]
    /// The authentication data of a VRRPv2 message; nil for VRRPv3 and where the message has no room for it.
    public let authenticationData: [UInt8]?

    init(message: [UInt8], datagram: Datagram) {
        self.datagram = datagram
        messageLength = message.count
        header = Advertisement(message.span)
        guard let header else {
            addresses = []
            authenticationData = nil
            return
        }
        let family = datagram.family
        let room = (message.count - VRRPNumbers.headerLength) / family.addressLength
        addresses = (0..<min(header.addressCount, room)).map { position in
            Advertisement.address(position, of: family, in: message.span)
        }
        let trailer = VRRPNumbers.headerLength + header.addressCount * family.addressLength
        let end = trailer + VRRPNumbers.authenticationDataLength
        authenticationData =
            header.version == ProtocolVersion.v2.rawValue && end <= message.count ? Array(message[trailer..<end]) : nil
    }

    /// The same members whatever could be read; `null` where a field could not.
    static func json(of packet: PacketFields?) -> JSONObject {
        let header = packet?.header
        let isVersion2 = header?.version == ProtocolVersion.v2.rawValue
        return [
            "family": JSONValue(packet?.datagram.family, \.json),
            "source": JSONValue(packet?.datagram.source, \.json),
            "destination": JSONValue(packet?.datagram.destination, \.json),
            "ttl": JSONValue(packet?.datagram.hopLimit) { .integer(Int64($0)) },
            "messageLength": JSONValue(packet?.messageLength) { .integer(Int64($0)) },
            "version": JSONValue(header?.version) { .integer(Int64($0)) },
            "type": JSONValue(header?.type) { .integer(Int64($0)) },
            "virtualRouterID": JSONValue(header?.virtualRouterID) { .integer(Int64($0)) },
            "priority": JSONValue(header?.priority) { .integer(Int64($0)) },
            "addressCount": JSONValue(header?.addressCount) { .integer(Int64($0)) },
            "addresses": .array(packet?.addresses.map(\.json) ?? []),
            "intervalMilliseconds": JSONValue(header?.intervalCentiseconds) { .integer(Int64($0) * 10) },
            "authType": JSONValue(isVersion2 ? header?.authenticationType : nil) { .integer(Int64($0)) },
            "authData": JSONValue(packet?.authenticationData) { .string(HexOctets.text($0)) },
            "checksum": JSONValue(header?.checksum) { checksum in
                .string(HexOctets.text([UInt8(checksum >> 8), UInt8(checksum & 0xff)]))
            },
        ]
    }
}
