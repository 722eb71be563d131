import CLinux
import Glibc
import VRRP

/// Sends IPv6 adverts that are longer than the interface's MTU: the kernel writes the IP header and cuts the packet.
///
/// Such an advert leaves with the interface's own MAC address as source, which receivers must accept.
struct FragmentingSender: ~Copyable {
    private var descriptor: FileDescriptor?
    /// What the socket sends with to single hosts; to groups it is always 255.
    private var unicastHopLimit: UInt8 = VRRPNumbers.hopLimit

    /// A sender that has no socket open yet.
    init() {}

    /// Sends the message that begins at `start`, its checksum filled in already; needs CAP_NET_RAW.
    mutating func send(
        _ octets: [UInt8], from start: Int, source: IPv6Address, destination: IPv6Address, hopLimit: UInt8,
        interfaceIndex: Int32
    ) throws(SystemCallError) {
        if descriptor == nil { descriptor = try Self.open() }
        if hopLimit != unicastHopLimit {
            try descriptor?.set(
                IPV6_UNICAST_HOPS, at: Int32(IPPROTO_IPV6), to: Int32(hopLimit), name: "IPV6_UNICAST_HOPS")
            unicastHopLimit = hopLimit
        }
        guard let number = descriptor?.rawValue else { return }
        var address = sockaddr_in6(destination, interfaceIndex: interfaceIndex)
        var control = SourceControlMessage(source: source, interfaceIndex: interfaceIndex)
        let outcome = octets.withUnsafeBytes { octets in
            let message = octets[min(start, octets.count)...]
            var vector = iovec(
                iov_base: UnsafeMutableRawPointer(mutating: UnsafeRawBufferPointer(rebasing: message).baseAddress),
                iov_len: message.count)
            return withUnsafeMutablePointer(to: &vector) { vector in
                withUnsafeMutablePointer(to: &address) { address in
                    withUnsafeMutablePointer(to: &control) { control in
                        var header = msghdr()
                        header.msg_name = UnsafeMutableRawPointer(address)
                        header.msg_namelen = socklen_t(MemoryLayout<sockaddr_in6>.size)
                        header.msg_iov = vector
                        header.msg_iovlen = 1
                        header.msg_control = UnsafeMutableRawPointer(control)
                        header.msg_controllen = MemoryLayout<SourceControlMessage>.stride
                        return retrying { sendmsg(number, &header, Int32(MSG_DONTWAIT)) }
                    }
                }
            }
        }
        guard outcome.result >= 0 else { throw SystemCallError("sendmsg", errorNumber: outcome.errorNumber) }
    }

    private static func open() throws(SystemCallError) -> FileDescriptor {
        let descriptor = try FileDescriptor.socket(
            family: AF_INET6, kind: SOCK_RAW, protocol: Int32(VRRPNumbers.ipProtocol))
        try descriptor.refuseReceiving()
        let level = Int32(IPPROTO_IPV6)
        let hopLimit: Int32 = 255
        let off: Int32 = 0
        let networkControl: Int32 = 0xc0
        try descriptor.set(IPV6_MULTICAST_HOPS, at: level, to: hopLimit, name: "IPV6_MULTICAST_HOPS")
        try descriptor.set(IPV6_UNICAST_HOPS, at: level, to: hopLimit, name: "IPV6_UNICAST_HOPS")
        try descriptor.set(IPV6_MULTICAST_LOOP, at: level, to: off, name: "IPV6_MULTICAST_LOOP")
        try descriptor.set(IPV6_TCLASS, at: level, to: networkControl, name: "IPV6_TCLASS")
        try descriptor.setHighestPriority()
        return descriptor
    }
}

/// The ancillary data that fixes the source address and the interface of one packet (RFC 3542, section 6.2).
private struct SourceControlMessage {
    var header = cmsghdr()
    var information = clinux_in6_pktinfo()

    init(source: IPv6Address, interfaceIndex: Int32) {
        header.cmsg_len = MemoryLayout<cmsghdr>.size + MemoryLayout<clinux_in6_pktinfo>.size
        header.cmsg_level = Int32(IPPROTO_IPV6)
        header.cmsg_type = IPV6_PKTINFO
        information.ipi6_addr = in6_addr(source)
        information.ipi6_ifindex = UInt32(bitPattern: interfaceIndex)
    }
}
