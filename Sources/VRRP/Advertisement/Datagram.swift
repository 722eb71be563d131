/// The envelope of a received message: what its IP header says.
public struct Datagram: Hashable, Sendable {
    /// The source address.
    public var source: IPAddress
    /// The destination address, of the same family.
    public var destination: IPAddress
    /// The TTL or hop limit that it arrived with.
    public var hopLimit: UInt8
    /// The authentication header between IP header and message; nil where there is none.
    public var authenticationHeader: AuthenticationHeader?

    /// An envelope with the given fields.
    public init(
        source: IPAddress, destination: IPAddress, hopLimit: UInt8, authenticationHeader: AuthenticationHeader? = nil
    ) {
        self.source = source
        self.destination = destination
        self.hopLimit = hopLimit
        self.authenticationHeader = authenticationHeader
    }

    /// The family of the addresses.
    public var family: AddressFamily { source.family }
}

/// The result of reading an IP packet: an envelope and where the message lies, or nil when the header is not sound.
public struct IPPacket: Hashable, Sendable {
    /// The envelope.
    public var datagram: Datagram
    /// Where the message lies in the octets that were read.
    public var message: Range<Int>

    /// Reads an IPv4 packet that starts at `start`: header length and total length are honoured, so that options are
    /// skipped and Ethernet padding is cut off (RFC 791, section 3.1). The message may stand behind an authentication header.
    ///
    /// Nil for a header that is not IPv4, not sound, its checksum included, a fragment, or not VRRP.
    public init?(ipv4 octets: Span<UInt8>, from start: Int = 0) {
        guard octets.count - start >= 20, octets[start] >> 4 == 4 else { return nil }
        let headerLength = Int(octets[start] & 0xf) * 4
        let totalLength = Int(octets.uint16(at: start + 2))
        guard headerLength >= 20, headerLength <= totalLength, totalLength <= octets.count - start else { return nil }
        // More-fragments or an offset: the kernel reassembles before it delivers, so a fragment is a forgery.
        guard octets.uint16(at: start + 6) & 0x3fff == 0 else { return nil }
        var messageStart = start + headerLength
        var authenticationHeader: AuthenticationHeader?
        switch octets[start + 9] {
        case VRRPNumbers.ipProtocol: break
        case AuthenticationHeader.ipProtocol:
            guard totalLength - headerLength >= AuthenticationHeader.length,
                let header = AuthenticationHeader(in: octets, at: messageStart)
            else { return nil }
            authenticationHeader = header
            messageStart += AuthenticationHeader.length
        default: return nil
        }
        var sum = InternetChecksum()
        sum.add(octets, from: start, to: start + headerLength)
        guard sum.folded == 0xffff else { return nil }
        datagram = Datagram(
            source: IPAddress(.ipv4, in: octets, at: start + 12),
            destination: IPAddress(.ipv4, in: octets, at: start + 16), hopLimit: octets[start + 8],
            authenticationHeader: authenticationHeader)
        message = messageStart..<start + totalLength
    }

    /// Reads an IPv6 packet that starts at `start` and carries VRRP directly behind its header (RFC 8200, section 3).
    public init?(ipv6 octets: Span<UInt8>, from start: Int = 0) {
        guard octets.count - start >= 40, octets[start] >> 4 == 6 else { return nil }
        let payloadLength = Int(octets.uint16(at: start + 4))
        guard payloadLength <= octets.count - start - 40, octets[start + 6] == VRRPNumbers.ipProtocol else {
            return nil
        }
        datagram = Datagram(
            source: IPAddress(.ipv6, in: octets, at: start + 8),
            destination: IPAddress(.ipv6, in: octets, at: start + 24), hopLimit: octets[start + 7])
        message = start + 40..<start + 40 + payloadLength
    }

    /// Reads an Ethernet frame with or without an IEEE 802.1Q tag; nil when it does not carry a sound VRRP packet.
    public init?(ethernet octets: Span<UInt8>) {
        var offset = 12
        guard octets.count >= offset + 2 else { return nil }
        if octets.uint16(at: offset) == 0x8100 { offset += 4 }
        guard octets.count >= offset + 2 else { return nil }
        let packet: IPPacket? =
            switch octets.uint16(at: offset) {
            case 0x0800: IPPacket(ipv4: octets, from: offset + 2)
            case 0x86dd: IPPacket(ipv6: octets, from: offset + 2)
            default: nil
            }
        guard let packet else { return nil }
        self = packet
    }
}
