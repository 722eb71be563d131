/// An advert as a complete Ethernet frame, ready to be sent again and again.
///
/// Built when the configuration of a router changes; an advert then costs a copy and, where the priority differs, two
/// patched fields. With an authentication header it costs five rounds of MD5, or a few more with many addresses, as well.
/// Runs on the engine's thread.
public struct AdvertisementTemplate: Sendable {
    /// The frame: Ethernet header, IP header, message.
    public let frame: [UInt8]
    /// Where the message starts in the frame.
    public let messageOffset: Int
    /// The key of the authentication header; nil where there is none.
    private let key: SimpleTextPassword?
    /// Whether the frame is for one peer, whose way to it the kernel finds.
    private let isUnicast: Bool

    /// The length of the Ethernet header that a frame starts with.
    public static let ethernetHeaderLength = 14
    private static let etherTypeIPv4: UInt16 = 0x0800
    private static let etherTypeIPv6: UInt16 = 0x86dd
    /// Internetwork control, as keepalived and FRR mark their adverts.
    private static let trafficClass: UInt8 = 0xc0

    /// Encodes the frame.
    ///
    /// - Parameters:
    ///   - priority: the priority that most adverts will carry.
    ///   - sourceMAC: the virtual router MAC address, or the physical one where there is no virtual interface.
    ///   - hopLimit: the TTL or hop limit; 255 for every advert that stays on its link.
    ///   - destinationMAC: the group's address; nil leaves the Ethernet header blank for the kernel to route the packet.
    public init(
        _ contents: AdvertisementContents, priority: UInt8, source: IPAddress, destination: IPAddress,
        checksum: ChecksumForm, hopLimit: UInt8 = VRRPNumbers.hopLimit, sourceMAC: MACAddress,
        destinationMAC: MACAddress?
    ) {
        var octets: [UInt8] = []
        let messageLength = Advertisement.length(
            version: contents.version, family: contents.family, addressCount: contents.addresses.count)
        key = contents.family == .ipv4 ? contents.authentication.authenticationHeaderKey : nil
        isUnicast = destinationMAC == nil
        octets.reserveCapacity(Self.ethernetHeaderLength + 44 + messageLength)
        if let destinationMAC {
            destinationMAC.append(to: &octets)
            sourceMAC.append(to: &octets)
            octets.appendBigEndian(contents.family == .ipv4 ? Self.etherTypeIPv4 : Self.etherTypeIPv6)
        } else {
            octets.append(contentsOf: repeatElement(0, count: Self.ethernetHeaderLength))
        }
        switch contents.family {
        case .ipv4 where key != nil:
            Self.appendIPv4Header(
                source, destination, hopLimit, AuthenticationHeader.ipProtocol,
                AuthenticationHeader.length + messageLength, to: &octets)
            Self.appendAuthenticationHeader(source, to: &octets)
        case .ipv4:
            Self.appendIPv4Header(
                source, destination, hopLimit, VRRPNumbers.ipProtocol, messageLength, to: &octets)
        case .ipv6: Self.appendIPv6Header(source, destination, hopLimit, messageLength, to: &octets)
        }
        messageOffset = octets.count
        contents.encode(
            priority: priority, source: source, destination: destination, checksum: checksum, into: &octets)
        frame = octets
    }

    /// Whether each advert needs a sequence number, because it has an authentication header.
    public var needsSequenceNumber: Bool { key != nil }

    /// Appends the frame with a priority to `arena`.
    ///
    /// Allocates nothing while `arena` has room.
    ///
    /// - Parameter sequenceNumber: The number for an authentication header; it does not count without one.
    public func append(priority: UInt8, sequenceNumber: UInt32 = 0, to arena: inout [UInt8]) {
        let start = arena.count
        arena.append(contentsOf: frame)
        patch(priority: priority, sequenceNumber: sequenceNumber) { arena[start + $0] = $1 }
    }

    /// Hands each octet that differs from ``frame`` with a priority and a sequence number, and where it stands in the frame.
    public func patch(priority: UInt8, sequenceNumber: UInt32, _ replace: (_ offset: Int, _ octet: UInt8) -> Void) {
        let priorityOffset = messageOffset + VRRPNumbers.Offset.priority
        let checksumOffset = messageOffset + VRRPNumbers.Offset.checksum
        var checksum = UInt16(frame[checksumOffset]) << 8 | UInt16(frame[checksumOffset + 1])
        if frame[priorityOffset] != priority {
            let count = UInt16(frame[messageOffset + VRRPNumbers.Offset.addressCount])
            checksum = InternetChecksum.updated(
                checksum, replacing: UInt16(frame[priorityOffset]) << 8 | count, with: UInt16(priority) << 8 | count)
            replace(priorityOffset, priority)
            replace(checksumOffset, UInt8(checksum >> 8))
            replace(checksumOffset + 1, UInt8(truncatingIfNeeded: checksum))
        }
        guard let key else { return }
        let headerOffset = messageOffset - AuthenticationHeader.length
        let sequenceOffset = headerOffset + AuthenticationHeader.Offset.sequenceNumber
        let value = integrityCheckValue(key) { place in
            switch place {
            case priorityOffset: priority
            case checksumOffset: UInt8(checksum >> 8)
            case checksumOffset + 1: UInt8(truncatingIfNeeded: checksum)
            case sequenceOffset..<sequenceOffset + 4:
                UInt8(truncatingIfNeeded: sequenceNumber >> UInt32(24 - 8 * (place - sequenceOffset)))
            default: frame[place]
            }
        }
        for place in 0..<4 {
            replace(sequenceOffset + place, UInt8(truncatingIfNeeded: sequenceNumber >> UInt32(24 - 8 * place)))
        }
        for place in 0..<IntegrityCheckValue.length {
            replace(headerOffset + AuthenticationHeader.Offset.integrityCheckValue + place, value.octet(place))
        }
    }

    /// The value over a frame whose octets a closure gives by their place.
    private func integrityCheckValue(_ key: SimpleTextPassword, _ octet: (Int) -> UInt8) -> IntegrityCheckValue {
        let start = Self.ethernetHeaderLength
        let coverage = AuthenticationCoverage(
            headerOffset: messageOffset - AuthenticationHeader.length - start, isUnicast: isUnicast)
        return IntegrityCheckValue(of: frame.count - start, key: key) { place in
            coverage.countsAsZero(place) ? 0 : octet(start + place)
        }
    }

    /// An authentication header that waits for its sequence number and its value.
    private static func appendAuthenticationHeader(_ source: IPAddress, to octets: inout [UInt8]) {
        octets.append(VRRPNumbers.ipProtocol)
        octets.append(AuthenticationHeader.payloadLength)
        octets.appendBigEndian(UInt16(0))
        source.append(to: &octets)
        octets.append(contentsOf: repeatElement(0, count: 4 + IntegrityCheckValue.length))
    }

    /// An IPv4 header without options; with "don't fragment" set its identification may stay 0 (RFC 6864, section 4.1).
    private static func appendIPv4Header(
        _ source: IPAddress, _ destination: IPAddress, _ hopLimit: UInt8, _ ipProtocol: UInt8, _ length: Int,
        to octets: inout [UInt8]
    ) {
        let start = octets.count
        octets.append(0x45)
        octets.append(trafficClass)
        octets.appendBigEndian(UInt16(20 + length))
        octets.appendBigEndian(UInt16(0))
        octets.appendBigEndian(UInt16(0x4000))
        octets.append(hopLimit)
        octets.append(ipProtocol)
        octets.appendBigEndian(UInt16(0))
        source.append(to: &octets)
        destination.append(to: &octets)
        var sum = InternetChecksum()
        sum.add(octets.span, from: start)
        octets.setUInt16(sum.field, at: start + 10)
    }

    private static func appendIPv6Header(
        _ source: IPAddress, _ destination: IPAddress, _ hopLimit: UInt8, _ length: Int, to octets: inout [UInt8]
    ) {
        octets.appendBigEndian(UInt32(6) << 28 | UInt32(trafficClass) << 20)
        octets.appendBigEndian(UInt16(length))
        octets.append(VRRPNumbers.ipProtocol)
        octets.append(hopLimit)
        source.append(to: &octets)
        destination.append(to: &octets)
    }
}
