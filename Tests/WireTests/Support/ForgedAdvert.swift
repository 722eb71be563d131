import VRRP

/// An advert as a test wants it on the wire, right or wrong in any field.
///
/// Written from the RFCs' figures and sharing no code with the daemon's codec, so that the two can disagree. What is not
/// set is right: a plain value is an advert of priority 200 from the lab's injector, which every backup accepts.
struct ForgedAdvert: Sendable {
    /// What stands in the checksum field.
    enum Checksum: Sendable {
        /// The right sum over a pseudo-header and the message (RFC 5798).
        case pseudoHeader
        /// The right sum over the message alone (RFC 9568 for IPv4, VRRPv2).
        case messageOnly
        /// The right sum of the version with one bit flipped.
        case damaged
        /// This value.
        case value(UInt16)
    }

    /// The version field, 0...15.
    var version: UInt8 = 3
    /// The type field, 0...15; an advert is 1.
    var type: UInt8 = 1
    var virtualRouterID: UInt8
    var priority: UInt8 = 200
    /// The address count; nil counts `addresses`.
    var addressCount: UInt8?
    var addresses: [IPAddress]
    /// VRRPv3's reserved bits and interval in centiseconds.
    var maximumInterval: UInt16 = 100
    /// VRRPv2's authentication type.
    var authenticationType: UInt8 = 0
    /// VRRPv2's interval in seconds.
    var intervalSeconds: UInt8 = 1
    /// VRRPv2's last field.
    var authenticationData = [UInt8](repeating: 0, count: 8)
    /// Octets behind the last field.
    var trailer: [UInt8] = []
    var checksum: Checksum
    /// How much of the message is sent; nil sends all of it.
    var length: Int?
    var envelope: ForgedEnvelope

    /// A valid advert for a virtual router.
    init(version: UInt8 = 3, id: UInt8, addresses: [IPAddress]) {
        self.version = version
        virtualRouterID = id
        self.addresses = addresses
        let family = addresses.first?.family ?? .ipv4
        checksum = version == 2 ? .messageOnly : .pseudoHeader
        envelope = ForgedEnvelope(family, virtualRouterID: id)
    }

    /// The advert after a change, for tables of variants.
    func with(_ change: (inout ForgedAdvert) -> Void) -> ForgedAdvert {
        var copy = self
        change(&copy)
        return copy
    }

    /// The octets behind the IP header.
    var message: [UInt8] {
        var octets: [UInt8] = [version << 4 | type, virtualRouterID, priority, addressCount ?? UInt8(addresses.count)]
        octets +=
            version == 2
            ? [authenticationType, intervalSeconds] : [UInt8(maximumInterval >> 8), UInt8(maximumInterval & 0xff)]
        octets += [0, 0]
        for address in addresses { address.append(to: &octets) }
        if version == 2 { octets += authenticationData }
        octets += trailer
        let sum = checksum(of: octets)
        octets[6] = UInt8(sum >> 8)
        octets[7] = UInt8(sum & 0xff)
        return Array(octets.prefix(length ?? octets.count))
    }

    /// The advert as one Ethernet frame.
    func frame(identification: UInt16 = 0) -> [UInt8] {
        envelope.frame(of: message, identification: identification)
    }

    /// The advert as several frames, none with more than `payload` octets of it.
    func fragments(of payload: Int, identification: UInt16) -> [[UInt8]] {
        envelope.fragments(of: message, payload: payload, identification: identification)
    }

    private func checksum(of octets: [UInt8]) -> UInt16 {
        switch checksum {
        case .pseudoHeader: internetChecksum(envelope.pseudoHeader(length: octets.count) + octets)
        case .messageOnly: internetChecksum(octets)
        case .damaged:
            (version == 2
                ? internetChecksum(octets) : internetChecksum(envelope.pseudoHeader(length: octets.count) + octets))
                ^ 0x0400
        case .value(let value): value
        }
    }
}

/// The one's complement of the one's complement sum of 16-bit words (RFC 1071).
func internetChecksum(_ octets: [UInt8]) -> UInt16 {
    var sum = 0
    for (place, octet) in octets.enumerated() { sum += place.isMultiple(of: 2) ? Int(octet) << 8 : Int(octet) }
    while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
    return ~UInt16(sum)
}
