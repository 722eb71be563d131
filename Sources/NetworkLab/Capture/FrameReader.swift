import CLinux
import Glibc

/// The packet socket below a tap.
enum FrameReader {
    /// Opens a socket on an interface of the calling thread's namespace, ready to read frames with time stamps.
    static func open(_ interface: String, promiscuous: Bool) throws -> OwnedDescriptor {
        let index = if_nametoindex(interface)
        guard index != 0 else { throw LabError.badName("there is no interface \(interface) to listen to") }
        // Without a protocol nothing is received until the socket is bound: no frame of another interface slips in.
        let type = Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let socket = try OwnedDescriptor(systemCall("socket", "AF_PACKET") { Glibc.socket(AF_PACKET, type, 0) })
        try set(socket, SOL_SOCKET, SO_TIMESTAMPNS, Int32(1))
        try set(socket, SOL_SOCKET, SO_RCVBUFFORCE, Int32(64 << 20))
        if promiscuous {
            var request = packet_mreq()
            request.mr_ifindex = Int32(index)
            request.mr_type = UInt16(PACKET_MR_PROMISC)
            try set(socket, SOL_PACKET, PACKET_ADD_MEMBERSHIP, request)
        }
        var address = sockaddr_ll()
        address.sll_family = UInt16(AF_PACKET)
        address.sll_protocol = UInt16(ETH_P_ALL).bigEndian
        address.sll_ifindex = Int32(index)
        try systemCall("bind", interface) {
            withUnsafePointer(to: address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(socket.number, $0, socklen_t(MemoryLayout<sockaddr_ll>.size))
                }
            }
        }
        return socket
    }

    /// Reads the next frame; nil when none is waiting. An interface that goes down is no reason to stop.
    static func next(from socket: Int32) -> CapturedFrame? {
        withUnsafeTemporaryAllocation(byteCount: 65_536 + 64, alignment: 8) { memory -> CapturedFrame? in
            let data = UnsafeMutableRawBufferPointer(rebasing: memory[64...])
            let control = UnsafeMutableRawBufferPointer(rebasing: memory[..<64])
            var address = sockaddr_ll()
            var part = iovec(iov_base: data.baseAddress, iov_len: data.count)
            var message = msghdr()
            var count = -1
            repeat {
                count = withUnsafeMutablePointer(to: &address) { address in
                    withUnsafeMutablePointer(to: &part) { part in
                        message.msg_name = UnsafeMutableRawPointer(address)
                        message.msg_namelen = socklen_t(MemoryLayout<sockaddr_ll>.size)
                        message.msg_iov = part
                        message.msg_iovlen = 1
                        message.msg_control = control.baseAddress
                        message.msg_controllen = control.count
                        return recvmsg(socket, &message, 0)
                    }
                }
            } while count < 0 && (errno == EINTR || errno == ENETDOWN)
            guard count >= 0 else { return nil }
            return CapturedFrame(
                time: time(in: UnsafeRawBufferPointer(control).prefix(Int(message.msg_controllen))),
                direction: address.sll_pkttype == UInt8(PACKET_OUTGOING) ? .outgoing : .incoming,
                octets: Array(data.prefix(count)))
        }
    }

    /// The kernel's time stamp, which is the only control message that the socket was asked for; else the present.
    private static func time(in control: Slice<UnsafeRawBufferPointer>) -> Timestamp {
        let control = UnsafeRawBufferPointer(rebasing: control)
        let header = MemoryLayout<cmsghdr>.size
        guard control.count >= header + MemoryLayout<timespec>.size,
            control.load(as: cmsghdr.self).cmsg_type == SO_TIMESTAMPNS
        else { return .now }
        return Timestamp(control.load(fromByteOffset: header, as: timespec.self))
    }

    private static func set<Value>(
        _ socket: OwnedDescriptor, _ level: Int32, _ option: Int32, _ value: Value
    ) throws(LabError) {
        try systemCall("setsockopt", "\(level)/\(option)") {
            withUnsafePointer(to: value) {
                setsockopt(socket.number, level, option, $0, socklen_t(MemoryLayout<Value>.size))
            }
        }
    }
}
