import CLinux
import Glibc
import VRRP

/// Hears what others on the links of the node say of where addresses are: ARP, or neighbour advertisements.
final class ClaimSocket: Sendable {
    /// What was heard, and on which interface.
    struct Sighting: Hashable {
        let claim: NeighborClaim
        let interfaceIndex: Int32
    }

    /// The longest packet that is read; a neighbour advertisement with one option has 32 octets.
    private static let packetCapacity = 256
    private static let controlCapacity = 128
    private static let icmpv6: Int32 = 58
    /// The type of a neighbour advertisement.
    private static let advertisement = 136

    private let descriptor: FileDescriptor
    private let family: AddressFamily

    /// Opens the socket, which hears all interfaces of the namespace; needs CAP_NET_RAW.
    init(_ family: AddressFamily) throws(SystemCallError) {
        self.family = family
        switch family {
        case .ipv4:
            descriptor = try FileDescriptor.socket(
                family: AF_PACKET, kind: SOCK_DGRAM, protocol: Int32(UInt16(ETH_P_ARP).bigEndian))
        case .ipv6:
            descriptor = try FileDescriptor.socket(family: AF_INET6, kind: SOCK_RAW, protocol: Self.icmpv6)
            // linux/icmpv6.h: a bit for each type that is not to be heard.
            var blocked = InlineArray<8, UInt32>(repeating: .max)
            blocked[Self.advertisement / 32] &= ~(1 << (Self.advertisement % 32))
            try descriptor.set(1, at: Self.icmpv6, to: blocked, name: "ICMPV6_FILTER")
            let on: Int32 = 1
            let level = Int32(IPPROTO_IPV6)
            try descriptor.set(IPV6_RECVHOPLIMIT, at: level, to: on, name: "IPV6_RECVHOPLIMIT")
            try descriptor.set(IPV6_RECVPKTINFO, at: level, to: on, name: "IPV6_RECVPKTINFO")
        }
    }

    /// What is ready while packets wait.
    var fileDescriptor: Int32 { descriptor.rawValue }

    /// Reads packets that wait, at most `limit`, and hands on those that claim something.
    func drain(limit: Int, _ handle: (Sighting) -> Void) throws(SystemCallError) {
        for _ in 0..<limit {
            let (family, number) = (family, descriptor.rawValue)
            let outcome = withUnsafeTemporaryAllocation(
                byteCount: Self.packetCapacity + Self.controlCapacity, alignment: 16
            ) { buffer in
                let packet = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Self.packetCapacity])
                let control = UnsafeMutableRawBufferPointer(rebasing: buffer[Self.packetCapacity...])
                return Self.receive(number, family, packet, control, handle)
            }
            if outcome == EAGAIN { return }
            // An interface that goes down tells every socket so.
            if outcome != 0, outcome != ENETDOWN { throw SystemCallError("recvmsg", errorNumber: outcome) }
        }
    }

    /// - Returns: the error; 0 where there was a packet.
    private static func receive(
        _ number: Int32, _ family: AddressFamily, _ packet: UnsafeMutableRawBufferPointer,
        _ control: UnsafeMutableRawBufferPointer, _ handle: (Sighting) -> Void
    ) -> Int32 {
        var source = sockaddr_ll()
        var vector = iovec(iov_base: packet.baseAddress, iov_len: packet.count)
        var header = msghdr()
        let outcome = withUnsafeMutablePointer(to: &source) { source in
            withUnsafeMutablePointer(to: &vector) { vector in
                // The address of an IPv6 sender does not matter, and does not have to fit.
                header.msg_name = UnsafeMutableRawPointer(source)
                header.msg_namelen = socklen_t(MemoryLayout<sockaddr_ll>.size)
                header.msg_iov = vector
                header.msg_iovlen = 1
                header.msg_control = control.baseAddress
                header.msg_controllen = control.count
                return retrying { recvmsg(number, &header, Int32(MSG_DONTWAIT)) }
            }
        }
        guard outcome.result >= 0 else { return outcome.errorNumber }
        let octets = UnsafeRawBufferPointer(rebasing: packet[..<min(outcome.result, packet.count)])
        let span = octets.bindMemory(to: UInt8.self).span
        switch family {
        case .ipv4:
            if let claim = NeighborClaim(arp: span) {
                handle(Sighting(claim: claim, interfaceIndex: source.sll_ifindex))
            }
        case .ipv6:
            let length = min(Int(header.msg_controllen), control.count)
            let envelope = Envelope(UnsafeRawBufferPointer(rebasing: control[..<length]))
            if let claim = NeighborClaim(icmpv6: span, hopLimit: envelope.hopLimit) {
                handle(Sighting(claim: claim, interfaceIndex: envelope.interfaceIndex))
            }
        }
        return 0
    }

    /// What the kernel tells beside an IPv6 packet.
    private struct Envelope {
        /// 0 where the kernel does not say, which no claim has.
        var hopLimit: UInt8 = 0
        var interfaceIndex: Int32 = 0

        init(_ control: UnsafeRawBufferPointer) {
            for message in ControlMessages(control) where message.level == Int32(IPPROTO_IPV6) {
                switch message.kind {
                case IPV6_HOPLIMIT where message.data.count >= MemoryLayout<Int32>.size:
                    hopLimit = UInt8(clamping: message.data.loadUnaligned(as: Int32.self))
                case IPV6_PKTINFO where message.data.count >= MemoryLayout<clinux_in6_pktinfo>.size:
                    let info = message.data.loadUnaligned(as: clinux_in6_pktinfo.self)
                    interfaceIndex = Int32(bitPattern: info.ipi6_ifindex)
                default: continue
                }
            }
        }
    }
}
