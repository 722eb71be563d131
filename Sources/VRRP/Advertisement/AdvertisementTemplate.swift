/// An advert as a complete Ethernet frame, ready to be sent again and again.
///
/// Built when the configuration of a router changes; an advert then costs a copy and, where the priority differs, two
/// patched fields. With an authentication header it costs five rounds of MD5, or a few more with many addresses, as well.
/// Runs on the engine's thread.
public struct AdvertisementTemplate: Sendable {
    /// The frame: Ethernet header, IP header, message; with an authentication header, which is behind the IP header, as it is
    /// before number and value are written into it.
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
        if let patch = patch(forPriority: priority) {
            arena[start + patch.priorityOffset] = priority
            arena.setUInt16(patch.checksum, at: start + patch.checksumOffset)
        }
        if let patch = authenticationPatch(forPriority: priority, sequenceNumber: sequenceNumber) {
            for place in 0..<AuthenticationPatch.length { arena[start + patch.offset + place] = patch.octet(place) }
        }
    }

    /// What differs from ``frame`` with another priority.
    public struct Patch: Sendable {
        /// Where the priority stands in the frame.
        public let priorityOffset: Int
        /// Where the checksum stands in the frame.
        public let checksumOffset: Int
        /// The checksum, in the order of the host.
        public let checksum: UInt16
    }

    /// What makes the frame one with a priority; nil where it has that.
    public func patch(forPriority priority: UInt8) -> Patch? {
        let priorityOffset = messageOffset + VRRPNumbers.Offset.priority
        let checksumOffset = messageOffset + VRRPNumbers.Offset.checksum
        guard frame[priorityOffset] != priority else { return nil }
        let count = UInt16(frame[messageOffset + VRRPNumbers.Offset.addressCount])
        let old = UInt16(frame[priorityOffset]) << 8 | count
        let new = UInt16(priority) << 8 | count
        let checksum = UInt16(frame[checksumOffset]) << 8 | UInt16(frame[checksumOffset + 1])
        return Patch(
            priorityOffset: priorityOffset, checksumOffset: checksumOffset,
            checksum: InternetChecksum.updated(checksum, replacing: old, with: new))
    }

    /// What each advert with an authentication header has of its own: its number, and behind that the value over all of it.
    public struct AuthenticationPatch: Sendable {
        /// Where the number stands in the frame.
        public let offset: Int
        private let sequenceNumber: UInt32
        private let value: IntegrityCheckValue

        /// How many octets differ.
        public static let length = 4 + IntegrityCheckValue.length

        fileprivate init(offset: Int, sequenceNumber: UInt32, value: IntegrityCheckValue) {
            self.offset = offset
            self.sequenceNumber = sequenceNumber
            self.value = value
        }

        /// The octet at a place, 0 up to ``length``.
        public func octet(_ place: Int) -> UInt8 {
            place < 4 ? UInt8(truncatingIfNeeded: sequenceNumber >> UInt32(24 - 8 * place)) : value.octet(place - 4)
        }
    }

    /// What the frame with a priority and a number has in its authentication header; nil where it has no such header.
    public func authenticationPatch(forPriority priority: UInt8, sequenceNumber: UInt32) -> AuthenticationPatch? {
        guard let key else { return nil }
        return authenticationPatch(key, priority, sequenceNumber)
    }

    // Nearly all adverts go without, and are not to be slower for it.
    @inline(never)
    private func authenticationPatch(
        _ key: SimpleTextPassword, _ priority: UInt8, _ sequenceNumber: UInt32
    ) -> AuthenticationPatch {
        let headerOffset = messageOffset - AuthenticationHeader.length
        let sequenceOffset = headerOffset + AuthenticationHeader.Offset.sequenceNumber
        let patch = patch(forPriority: priority)
        let value = integrityCheckValue(key) { place in
            if place >= sequenceOffset, place < sequenceOffset + 4 {
                return UInt8(truncatingIfNeeded: sequenceNumber >> UInt32(24 - 8 * (place - sequenceOffset)))
            }
            guard let patch else { return frame[place] }
            return switch place {
            case patch.priorityOffset: priority
            case patch.checksumOffset: UInt8(patch.checksum >> 8)
            case patch.checksumOffset + 1: UInt8(patch.checksum & 0xff)
            default: frame[place]
            }
        }
        return AuthenticationPatch(offset: sequenceOffset, sequenceNumber: sequenceNumber, value: value)
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
