public import VRRP

/// Asks the kernel by which interface it would send to an address (`RTM_GETROUTE`), which needs no rights.
///
/// The layouts are those of `linux/netlink.h` and `linux/rtnetlink.h`, in the order of octets of the machine.
public struct RouteQuestion: Sendable {
    /// Where packets would go.
    public var destination: IPAddress
    /// The interface that they must leave by; nil for any.
    public var interface: UInt32?

    /// Asks about this address.
    public init(_ destination: IPAddress, by interface: UInt32? = nil) {
        self.destination = destination
        self.interface = interface
    }

    private static let getRoute: UInt16 = 26
    private static let isRequest: UInt16 = 1
    private static let destinationAttribute: UInt16 = 1
    private static let interfaceAttribute: UInt16 = 4
    /// Answer with the entry of the table, which has a length and a metric, instead of with what is made of it.
    private static let wholeEntry: UInt32 = 0x2000

    /// The message.
    public var octets: [UInt8] {
        var address: [UInt8] = []
        destination.append(to: &address)
        let attributes = 4 + address.count + (interface == nil ? 0 : 8)
        var message: [UInt8] = []
        message.append(native: UInt32(RouteAnswer.headerLength + RouteAnswer.routeLength + attributes))
        message.append(native: Self.getRoute)
        message.append(native: Self.isRequest)
        message.append(native: UInt32(1))
        message.append(native: UInt32(0))
        // rtm_family, rtm_dst_len, then six octets that the question leaves open, and rtm_flags.
        message += [RouteAnswer.family(of: destination.family), UInt8(address.count * 8), 0, 0, 0, 0, 0, 0]
        message.append(native: Self.wholeEntry)
        message.append(native: UInt16(4 + address.count))
        message.append(native: Self.destinationAttribute)
        message += address
        guard let interface else { return message }
        message.append(native: UInt16(8))
        message.append(native: Self.interfaceAttribute)
        message.append(native: interface)
        return message
    }
}

/// What the kernel says to a ``RouteQuestion``.
public enum RouteAnswer: Hashable, Sendable {
    /// Packets leave by the interfaces with these indexes, several where the entry has several next hops, because of an entry
    /// of the table with a prefix of this length and this metric.
    case interfaces(Set<UInt32>, prefixLength: UInt8, metric: UInt32)
    /// The address is one of the machine itself.
    case local
    /// The address cannot be reached.
    case unreachable

    static let headerLength = 16
    static let routeLength = 12
    private static let newRoute: UInt16 = 24
    private static let localType: UInt8 = 2
    private static let unicastType: UInt8 = 1
    private static let outputInterface: UInt16 = 4
    private static let priority: UInt16 = 6
    private static let multipath: UInt16 = 9

    /// Reads an answer; whatever is no route counts as unreachable.
    public init(_ octets: [UInt8]) {
        self = .unreachable
        guard let length: UInt32 = octets.native(at: 0), let type: UInt16 = octets.native(at: 4),
            type == Self.newRoute, octets.count >= Self.headerLength + Self.routeLength, length <= octets.count
        else { return }
        switch octets[Self.headerLength + 7] {
        case Self.localType:
            self = .local
            return
        case Self.unicastType: break
        default: return
        }
        var position = Self.headerLength + Self.routeLength
        var (interfaces, metric) = (Set<UInt32>(), UInt32(0))
        while let length: UInt16 = octets.native(at: position), let kind: UInt16 = octets.native(at: position + 2) {
            guard length >= 4 else { return }
            switch kind {
            case Self.outputInterface:
                if let index: UInt32 = octets.native(at: position + 4) { interfaces.insert(index) }
            case Self.multipath:
                interfaces.formUnion(Self.nextHops(octets, position + 4..<min(octets.count, position + Int(length))))
            case Self.priority: metric = octets.native(at: position + 4) ?? 0
            default: break
            }
            // Attributes begin at multiples of four octets.
            position += (Int(length) + 3) & ~3
        }
        guard !interfaces.isEmpty else { return }
        self = .interfaces(interfaces, prefixLength: octets[Self.headerLength + 1], metric: metric)
    }

    /// The interfaces of next hops, a `struct rtnexthop` each with attributes behind it.
    private static func nextHops(_ octets: [UInt8], _ range: Range<Int>) -> Set<UInt32> {
        var interfaces: Set<UInt32> = []
        var position = range.lowerBound
        while position + 8 <= range.upperBound, let length: UInt16 = octets.native(at: position), length >= 8 {
            if let index: UInt32 = octets.native(at: position + 4) { interfaces.insert(index) }
            position += (Int(length) + 3) & ~3
        }
        return interfaces
    }

    /// AF_INET and AF_INET6.
    static func family(of family: AddressFamily) -> UInt8 {
        switch family {
        case .ipv4: 2
        case .ipv6: 10
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append<Number: FixedWidthInteger>(native number: Number) {
        Swift.withUnsafeBytes(of: number) { append(contentsOf: $0) }
    }

    fileprivate func native<Number: FixedWidthInteger>(at position: Int) -> Number? {
        guard position >= 0, position + MemoryLayout<Number>.size <= count else { return nil }
        return withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: Number.self) }
    }
}
