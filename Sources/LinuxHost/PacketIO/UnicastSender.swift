import CLinux
import Glibc
import VRRP

/// Sends complete IP packets to single hosts; the kernel finds the way, the neighbour and the Ethernet header.
///
/// The sockets of a family open with its first packet, since a node may lack one of the families.
struct UnicastSender: ~Copyable {
    private var ipv4: FileDescriptor?
    private var ipv6: FileDescriptor?

    /// A sender that has no socket open yet.
    init() {}

    /// Sends the packet that begins at `start`, IP header included; needs CAP_NET_RAW.
    ///
    /// - Parameter interfaceIndex: The interface of a link-local destination; other destinations are routed.
    mutating func send(
        _ octets: [UInt8], from start: Int, to destination: IPAddress, interfaceIndex: Int32
    ) throws(SystemCallError) {
        switch destination {
        case .v4(let address):
            if ipv4 == nil { ipv4 = try Self.open(AF_INET) }
            guard let number = ipv4?.rawValue else { return }
            try Self.send(octets, from: start, to: sockaddr_in(address), through: number)
        case .v6(let address):
            if ipv6 == nil { ipv6 = try Self.open(AF_INET6) }
            guard let number = ipv6?.rawValue else { return }
            let destination = sockaddr_in6(address, interfaceIndex: interfaceIndex)
            try Self.send(octets, from: start, to: destination, through: number)
        }
    }

    private static func open(_ family: Int32) throws(SystemCallError) -> FileDescriptor {
        // A socket of IPPROTO_RAW only sends.
        let descriptor = try FileDescriptor.socket(family: family, kind: SOCK_RAW, protocol: Int32(IPPROTO_RAW))
        let on: Int32 = 1
        if family == AF_INET {
            try descriptor.set(IP_HDRINCL, at: Int32(IPPROTO_IP), to: on, name: "IP_HDRINCL")
        } else {
            try descriptor.set(IPV6_HDRINCL, at: Int32(IPPROTO_IPV6), to: on, name: "IPV6_HDRINCL")
        }
        try descriptor.setHighestPriority()
        return descriptor
    }

    private static func send<Address>(
        _ octets: [UInt8], from start: Int, to address: Address, through number: Int32
    ) throws(SystemCallError) {
        let outcome = octets.withUnsafeBytes { octets in
            let packet = UnsafeRawBufferPointer(rebasing: octets[min(start, octets.count)...])
            return withUnsafeBytes(of: address) { address in
                retrying {
                    sendto(
                        number, packet.baseAddress, packet.count, Int32(MSG_DONTWAIT),
                        address.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(address.count))
                }
            }
        }
        guard outcome.result >= 0 else { throw SystemCallError("sendto", errorNumber: outcome.errorNumber) }
    }
}
