import VRRP

/// The checksum written down a second time, straight from the RFCs and without an eye on speed, to judge the codec by.
enum ReferenceChecksum {
    /// The one's complement of the one's complement sum of 16-bit words (RFC 1071).
    static func of(_ data: [UInt8]) -> UInt16 {
        var sum = 0
        for (position, octet) in data.enumerated() {
            sum += position.isMultiple(of: 2) ? Int(octet) * 256 : Int(octet)
            if sum > 0xffff { sum -= 0xffff }
        }
        return UInt16(0xffff - sum)
    }

    /// The pseudo-header of a VRRPv3 message: RFC 5798 for IPv4, RFC 8200, section 8.1, for IPv6.
    static func pseudoHeader(source: IPAddress, destination: IPAddress, length: Int) -> [UInt8] {
        var data: [UInt8] = []
        source.append(to: &data)
        destination.append(to: &data)
        switch source.family {
        case .ipv4: data += [0, 112, UInt8(length >> 8), UInt8(length & 0xff)]
        case .ipv6: data += [0, 0, UInt8(length >> 8), UInt8(length & 0xff), 0, 0, 0, 112]
        }
        return data
    }

    /// Whether data that contains its checksum is intact.
    static func isIntact(_ data: [UInt8]) -> Bool { of(data) == 0 }

    /// The form in which the checksum of a received message is right, tried in the order of the codec.
    static func form(of message: [UInt8], source: IPAddress, destination: IPAddress) -> ChecksumForm? {
        let isVersion3 = message[0] >> 4 == 3
        if source.family == .ipv4, isIntact(message) { return .messageOnly }
        let header = pseudoHeader(source: source, destination: destination, length: message.count)
        return isVersion3 && isIntact(header + message) ? .pseudoHeader : nil
    }
}
