public import VRRP

/// Asks the kernel by which interface it would send to an address (`RTM_GETROUTE`), which needs no rights.
///
/// The layouts are those of `linux/netlink.h` and `linux/rtnetlink.h`, in the order of octets of the machine.
public struct RouteQuestion: Sendable {
    /// Where packets would go.
    public var destination: IPAddress

    /// Asks about this address.
    public init(_ destination: IPAddress) { self.destination = destination }

    private static let getRoute: UInt16 = 26
    private static let isRequest: UInt16 = 1
    private static let destinationAttribute: UInt16 = 1

    /// The message.
    public var octets: [UInt8] {
        var address: [UInt8] = []
        destination.append(to: &address)
        let attribute = 4 + address.count
        var message: [UInt8] = []
        message.append(native: UInt32(RouteAnswer.headerLength + RouteAnswer.routeLength + attribute))
        message.append(native: Self.getRoute)
        message.append(native: Self.isRequest)
        message.append(native: UInt32(1))
        message.append(native: UInt32(0))
        // rtm_family, rtm_dst_len, then ten octets that the question leaves open.
        message += [RouteAnswer.family(of: destination.family), UInt8(address.count * 8)]
        message += [UInt8](repeating: 0, count: RouteAnswer.routeLength - 2)
        message.append(native: UInt16(attribute))
        message.append(native: Self.destinationAttribute)
        return message + address
    }
}

/// What the kernel says to a ``RouteQuestion``.
public enum RouteAnswer: Hashable, Sendable {
    /// Packets leave by the interface with this index.
    case interface(index: UInt32)
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
        while let length: UInt16 = octets.native(at: position), let kind: UInt16 = octets.native(at: position + 2) {
            guard length >= 4 else { return }
            if kind == Self.outputInterface, let index: UInt32 = octets.native(at: position + 4) {
                self = .interface(index: index)
                return
            }
            // Attributes begin at multiples of four octets.
            position += (Int(length) + 3) & ~3
        }
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
