import CLinux
import Glibc
import VRRP

extension in_addr {
    /// The address in the form of the C library.
    init(_ address: IPv4Address) { self.init(s_addr: address.rawValue.bigEndian) }
}

extension in6_addr {
    /// The address in the form of the C library.
    init(_ address: IPv6Address) {
        self.init()
        withUnsafeMutableBytes(of: &self) { octets in
            octets.storeBytes(of: address.high.bigEndian, as: UInt64.self)
            octets.storeBytes(of: address.low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
    }
}

extension IPv6Address {
    /// The address that the C library has.
    init(_ address: in6_addr) {
        self = withUnsafeBytes(of: address) { IPv6Address(networkOrder: $0) }
    }

    /// The address in the first 16 of `octets`.
    init(networkOrder octets: UnsafeRawBufferPointer) {
        self.init(
            high: UInt64(bigEndian: octets.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: octets.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
}

extension sockaddr_in {
    /// An address without a port.
    init(_ address: IPv4Address) {
        self.init()
        sin_family = sa_family_t(AF_INET)
        sin_addr = in_addr(address)
    }
}

extension sockaddr_in6 {
    /// An address without a port; the interface matters where the address is link-local.
    init(_ address: IPv6Address, interfaceIndex: Int32) {
        self.init()
        sin6_family = sa_family_t(AF_INET6)
        sin6_addr = in6_addr(address)
        let needsInterface = address.isLinkLocal || address.isMulticast
        sin6_scope_id = needsInterface ? UInt32(bitPattern: interfaceIndex) : 0
    }
}
