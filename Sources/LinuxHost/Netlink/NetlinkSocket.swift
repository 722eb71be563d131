import CLinux
import Glibc

/// A connection to the kernel that speaks netlink; it never blocks.
struct NetlinkSocket: ~Copyable {
    /// What a look into the socket brought.
    enum Reception {
        /// Messages of the kernel, valid until the next look.
        case datagram(UnsafeRawBufferPointer)
        /// Nothing waits.
        case nothing
        /// The kernel had more to say than the socket holds: something was lost.
        case overrun
    }

    /// Longer than any datagram that the kernel makes (NLMSG_GOODSIZE and the largest dump skb are 32 KiB).
    private static let bufferOctets = 64 << 10

    private let socket: OpaquePointer
    private let buffer: UnsafeMutableRawBufferPointer

    /// Connects to a netlink family, NETLINK_ROUTE or NETLINK_NETFILTER.
    ///
    /// - Parameter receiveBufferOctets: The room for messages of the kernel that were not read yet.
    init(family: Int32, receiveBufferOctets: Int32) throws(SystemCallError) {
        socket = try Self.connect(family: family, receiveBufferOctets: receiveBufferOctets)
        buffer = .allocate(byteCount: Self.bufferOctets, alignment: MemoryLayout<Int>.alignment)
    }

    deinit {
        nl_socket_free(socket)
        buffer.deallocate()
    }

    /// What is ready while messages wait.
    var fileDescriptor: Int32 { nl_socket_get_fd(socket) }

    /// The number of the socket among those of its family; the kernel says by it on whose request something changed.
    var portNumber: UInt32 { nl_socket_get_local_port(socket) }

    /// Lets the kernel keep only those messages that a filter gives octets of.
    borrowing func attach(_ filter: [sock_filter]) throws(SystemCallError) {
        try SocketFilter.attach(filter, to: fileDescriptor)
    }

    /// Lets the kernel leave out of a list what does not match the header of the request; an old one cannot.
    borrowing func filterDumps() {
        var on: Int32 = 1
        _ = setsockopt(
            fileDescriptor, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Subscribes to a group of events, such as RTNLGRP_LINK.
    borrowing func join(group: UInt32) throws(SystemCallError) {
        guard nl_socket_add_membership(socket, Int32(group)) == 0 else {
            throw SystemCallError("NETLINK_ADD_MEMBERSHIP", errorNumber: errno)
        }
    }

    /// Sends messages to the kernel, which has handled them when this returns.
    borrowing func send(_ octets: [UInt8]) throws(SystemCallError) {
        let number = fileDescriptor
        var kernel = sockaddr_nl()
        kernel.nl_family = sa_family_t(AF_NETLINK)
        let outcome = octets.withUnsafeBytes { octets in
            withUnsafePointer(to: &kernel) { kernel in
                retrying {
                    sendto(
                        number, octets.baseAddress, octets.count, Int32(MSG_DONTWAIT),
                        UnsafeRawPointer(kernel).assumingMemoryBound(to: sockaddr.self),
                        socklen_t(MemoryLayout<sockaddr_nl>.size))
                }
            }
        }
        guard outcome.result >= 0 else { throw SystemCallError("sendto netlink", errorNumber: outcome.errorNumber) }
    }

    /// Looks for messages; what does not come from the kernel is dropped.
    borrowing func receive() throws(SystemCallError) -> Reception {
        let number = fileDescriptor
        while true {
            var sender = sockaddr_nl()
            var length = socklen_t(MemoryLayout<sockaddr_nl>.size)
            let outcome = withUnsafeMutablePointer(to: &sender) { sender in
                retrying {
                    recvfrom(
                        number, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT),
                        UnsafeMutableRawPointer(sender).assumingMemoryBound(to: sockaddr.self), &length)
                }
            }
            switch outcome.errorNumber {
            case 0:
                // Any process may send to this socket; only the kernel's port is 0.
                guard sender.nl_pid == 0 else { continue }
                return .datagram(UnsafeRawBufferPointer(rebasing: buffer[..<min(outcome.result, buffer.count)]))
            case EAGAIN: return .nothing
            case ENOBUFS: return .overrun
            default: throw SystemCallError("recvfrom netlink", errorNumber: outcome.errorNumber)
            }
        }
    }

    private static func connect(family: Int32, receiveBufferOctets: Int32) throws(SystemCallError) -> OpaquePointer {
        guard let socket = nl_socket_alloc() else { throw SystemCallError("nl_socket_alloc", errorNumber: ENOMEM) }
        guard nl_connect(socket, family) == 0 else {
            let reason = errno
            nl_socket_free(socket)
            throw SystemCallError("nl_connect", errorNumber: reason)
        }
        let number = nl_socket_get_fd(socket)
        do {
            try configure(number, receiveBufferOctets: receiveBufferOctets)
        } catch {
            nl_socket_free(socket)
            throw error
        }
        return socket
    }

    private static func configure(_ number: Int32, receiveBufferOctets: Int32) throws(SystemCallError) {
        let length = socklen_t(MemoryLayout<Int32>.size)
        var on: Int32 = 1
        // Answers without a copy of the request, and with the kernel's own words.
        try systemCall("NETLINK_CAP_ACK") { setsockopt(number, SOL_NETLINK, NETLINK_CAP_ACK, &on, length) }
        try systemCall("NETLINK_EXT_ACK") { setsockopt(number, SOL_NETLINK, NETLINK_EXT_ACK, &on, length) }
        var octets = receiveBufferOctets
        if setsockopt(number, SOL_SOCKET, SO_RCVBUFFORCE, &octets, length) != 0 {
            try systemCall("SO_RCVBUF") { setsockopt(number, SOL_SOCKET, SO_RCVBUF, &octets, length) }
        }
    }
}
