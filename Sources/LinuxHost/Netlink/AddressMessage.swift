import CLinux
import VRRP
import VRRPEngine

/// What the kernel says about one address in RTM_NEWADDR or RTM_DELADDR.
struct AddressMessage: Equatable {
    /// The interface that has the address.
    let interfaceIndex: Int32
    /// The address as the engine sees it.
    let hostAddress: HostAddress

    /// Reads a message; nil when it is cut short or of another family than the two of IP.
    init?(_ message: ReceivedNetlinkMessage) {
        let headerLength = MemoryLayout<ifaddrmsg>.size
        guard message.payload.count >= headerLength else { return nil }
        let header = message.payload.loadUnaligned(as: ifaddrmsg.self)
        var flags = UInt32(header.ifa_flags)
        var originTag: UInt8 = 0
        var local: UnsafeRawBufferPointer?
        var peer: UnsafeRawBufferPointer?
        for attribute in NetlinkAttributes(message.payload, behind: headerLength) {
            switch attribute.kind {
            case Int(IFA_LOCAL): local = attribute.data
            case Int(IFA_ADDRESS): peer = attribute.data
            case Int(IFA_FLAGS): flags = attribute.number(as: UInt32.self) ?? flags
            case Int(IFA_PROTO): originTag = attribute.number(as: UInt8.self) ?? 0
            default: continue
            }
        }
        // Where there is no peer the kernel may leave IFA_LOCAL out, as IPv6 does.
        guard let octets = local ?? peer, let address = Self.address(octets, family: header.ifa_family) else {
            return nil
        }
        interfaceIndex = Int32(bitPattern: header.ifa_index)
        // For IPv6 the same bit means a temporary address (RFC 8981).
        let isSecondary = address.family == .ipv4 && flags & UInt32(IFA_F_SECONDARY) != 0
        hostAddress = HostAddress(
            address, prefixLength: header.ifa_prefixlen, isSecondary: isSecondary,
            isTentative: flags & UInt32(IFA_F_TENTATIVE | IFA_F_DADFAILED) != 0, originTag: originTag)
    }

    private static func address(_ octets: UnsafeRawBufferPointer, family: UInt8) -> IPAddress? {
        switch Int32(family) {
        case AF_INET where octets.count >= 4:
            .v4(IPv4Address(rawValue: UInt32(bigEndian: octets.loadUnaligned(as: UInt32.self))))
        case AF_INET6 where octets.count >= 16: .v6(IPv6Address(networkOrder: octets))
        default: nil
        }
    }
}
