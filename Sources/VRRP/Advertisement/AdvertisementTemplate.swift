/// An advert as a complete Ethernet frame, ready to be sent again and again.
///
/// Built when the configuration of a router changes; an advert then costs a copy and, where the priority differs, two
/// patched fields. Runs on the engine's thread.
public struct AdvertisementTemplate: Sendable {
    /// The frame: Ethernet header, IP header, message.
    public let frame: [UInt8]
    /// Where the message starts in the frame.
    public let messageOffset: Int

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
        octets.reserveCapacity(Self.ethernetHeaderLength + 40 + messageLength)
        if let destinationMAC {
            destinationMAC.append(to: &octets)
            sourceMAC.append(to: &octets)
            octets.appendBigEndian(contents.family == .ipv4 ? Self.etherTypeIPv4 : Self.etherTypeIPv6)
        } else {
            octets.append(contentsOf: repeatElement(0, count: Self.ethernetHeaderLength))
        }
        switch contents.family {
        case .ipv4: Self.appendIPv4Header(source, destination, hopLimit, messageLength, to: &octets)
        case .ipv6: Self.appendIPv6Header(source, destination, hopLimit, messageLength, to: &octets)
        }
        messageOffset = octets.count
        contents.encode(
            priority: priority, source: source, destination: destination, checksum: checksum, into: &octets)
        frame = octets
    }

    /// Appends the frame with a priority to `arena`.
    ///
    /// Allocates nothing while `arena` has room.
    public func append(priority: UInt8, to arena: inout [UInt8]) {
        let start = arena.count
        arena.append(contentsOf: frame)
        guard let patch = patch(forPriority: priority) else { return }
        arena[start + patch.priorityOffset] = priority
        arena.setUInt16(patch.checksum, at: start + patch.checksumOffset)
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
        guard frame[priorityOffset] != priority else { return nil }
        let count = UInt16(frame[messageOffset + VRRPNumbers.Offset.addressCount])
        let old = UInt16(frame[priorityOffset]) << 8 | count
        let new = UInt16(priority) << 8 | count
        let checksumOffset = messageOffset + VRRPNumbers.Offset.checksum
        let checksum = UInt16(frame[checksumOffset]) << 8 | UInt16(frame[checksumOffset + 1])
        return Patch(
            priorityOffset: priorityOffset, checksumOffset: checksumOffset,
            checksum: InternetChecksum.updated(checksum, replacing: old, with: new))
    }

    /// An IPv4 header without options; with "don't fragment" set its identification may stay 0 (RFC 6864, section 4.1).
    private static func appendIPv4Header(
        _ source: IPAddress, _ destination: IPAddress, _ hopLimit: UInt8, _ length: Int, to octets: inout [UInt8]
    ) {
        let start = octets.count
        octets.append(0x45)
        octets.append(trafficClass)
        octets.appendBigEndian(UInt16(20 + length))
        octets.appendBigEndian(UInt16(0))
        octets.appendBigEndian(UInt16(0x4000))
        octets.append(hopLimit)
        octets.append(VRRPNumbers.ipProtocol)
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
