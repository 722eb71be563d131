import CLinux
import Glibc
import VRRP

/// Room for a batch of received packets, made once and shared by all sockets of the engine's thread.
///
/// Runs on the engine's thread: receiving allocates nothing.
struct ReceiveBatch: ~Copyable {
    /// What the kernel tells about an IPv6 packet whose header it keeps.
    struct IPv6Envelope {
        /// The source address.
        var source = IPv6Address.unspecified
        /// The destination address.
        var destination = IPv6Address.unspecified
        /// The hop limit that it arrived with; 0 where the kernel did not say, which no check accepts.
        var hopLimit: UInt8 = 0
    }

    /// The packets that one system call can receive.
    static let capacity = 64
    /// The room for one packet: the longest message, 4,088 octets, with an IPv4 header and its options; what is longer
    /// is cut and fails the checks on lengths.
    static let packetCapacity = 4352
    private static let controlCapacity = 128

    private let packets: UnsafeMutablePointer<UInt8>
    private let controls: UnsafeMutablePointer<UInt8>
    private let sources: UnsafeMutablePointer<sockaddr_in6>
    private let vectors: UnsafeMutablePointer<iovec>
    private let headers: UnsafeMutablePointer<clinux_mmsghdr>

    /// Makes the room.
    init() {
        packets = .allocate(capacity: Self.capacity * Self.packetCapacity)
        controls = .allocate(capacity: Self.capacity * Self.controlCapacity)
        sources = .allocate(capacity: Self.capacity)
        vectors = .allocate(capacity: Self.capacity)
        headers = .allocate(capacity: Self.capacity)
        packets.initialize(repeating: 0, count: Self.capacity * Self.packetCapacity)
        controls.initialize(repeating: 0, count: Self.capacity * Self.controlCapacity)
        for index in 0..<Self.capacity {
            (sources + index).initialize(to: sockaddr_in6())
            (vectors + index).initialize(
                to: iovec(iov_base: packets + index * Self.packetCapacity, iov_len: Self.packetCapacity))
            var header = clinux_mmsghdr()
            header.msg_hdr.msg_name = UnsafeMutableRawPointer(sources + index)
            header.msg_hdr.msg_iov = vectors + index
            header.msg_hdr.msg_iovlen = 1
            header.msg_hdr.msg_control = UnsafeMutableRawPointer(controls + index * Self.controlCapacity)
            (headers + index).initialize(to: header)
        }
    }

    deinit {
        packets.deallocate()
        controls.deallocate()
        sources.deallocate()
        vectors.deallocate()
        headers.deallocate()
    }

    /// Receives what waits in a socket, up to ``capacity`` packets, in place of the packets before.
    ///
    /// - Returns: The number of packets, 0 when none waits.
    borrowing func receive(from fileDescriptor: Int32) throws(SystemCallError) -> Int {
        // The kernel wrote the lengths of the last batch over those of the room.
        for index in 0..<Self.capacity {
            headers[index].msg_hdr.msg_namelen = socklen_t(MemoryLayout<sockaddr_in6>.size)
            headers[index].msg_hdr.msg_controllen = Self.controlCapacity
        }
        let outcome = retrying {
            clinux_recvmmsg(fileDescriptor, headers, UInt32(Self.capacity), Int32(MSG_DONTWAIT))
        }
        guard outcome.result < 0 else { return Int(outcome.result) }
        if outcome.errorNumber == EAGAIN { return 0 }
        throw SystemCallError("recvmmsg", errorNumber: outcome.errorNumber)
    }

    /// The octets of a packet, valid until the next call of ``receive(from:)``.
    borrowing func packet(at index: Int) -> UnsafeBufferPointer<UInt8> {
        let length = min(Int(headers[index].msg_len), Self.packetCapacity)
        return UnsafeBufferPointer(start: packets + index * Self.packetCapacity, count: length)
    }

    /// What the kernel tells about an IPv6 packet.
    borrowing func envelope(at index: Int) -> IPv6Envelope {
        var envelope = IPv6Envelope()
        if headers[index].msg_hdr.msg_namelen >= socklen_t(MemoryLayout<sockaddr_in6>.size) {
            envelope.source = IPv6Address(sources[index].sin6_addr)
        }
        let length = min(Int(headers[index].msg_hdr.msg_controllen), Self.controlCapacity)
        let control = UnsafeRawBufferPointer(start: controls + index * Self.controlCapacity, count: length)
        for message in ControlMessages(control) where message.level == Int32(IPPROTO_IPV6) {
            switch message.kind {
            case IPV6_HOPLIMIT where message.data.count >= MemoryLayout<Int32>.size:
                envelope.hopLimit = UInt8(clamping: message.data.loadUnaligned(as: Int32.self))
            case IPV6_PKTINFO where message.data.count >= MemoryLayout<clinux_in6_pktinfo>.size:
                // The address stands first in the structure.
                envelope.destination = IPv6Address(networkOrder: message.data)
            default: continue
            }
        }
        return envelope
    }
}
