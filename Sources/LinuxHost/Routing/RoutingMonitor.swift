import CLinux
import Glibc
import VRRPEngine

/// Notices that somebody removes routes or rules with the mark.
///
/// A node with the routes of the whole internet has thousands of changes a second. The kernel throws all of them away for
/// this socket that are not removals of routes with the mark, before anybody is woken; and the socket is one of its own,
/// so that news of interfaces have their room for themselves.
struct RoutingMonitor: ~Copyable {
    /// Room for some hundred news; where they are more, one that says so is enough.
    private static let receiveBufferOctets: Int32 = 256 << 10

    private let events: NetlinkSocket
    private let ownPort: UInt32
    private let mark: UInt8

    /// Subscribes to the news.
    ///
    /// - Parameters:
    ///   - ownPort: The port of the configurator, whose own changes are no news.
    ///   - mark: The number that marks the routes and rules that it makes.
    init(ownPort: UInt32, mark: UInt8 = VirtualRoute.ownProtocol) throws(SystemCallError) {
        self.ownPort = ownPort
        self.mark = mark
        let events = try NetlinkSocket(family: NETLINK_ROUTE, receiveBufferOctets: Self.receiveBufferOctets)
        try events.attach(Self.filter(ownPort: ownPort, mark: mark))
        for group in [RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE, RTNLGRP_IPV4_RULE, RTNLGRP_IPV6_RULE] {
            try events.join(group: group.rawValue)
        }
        self.events = events
    }

    /// What is ready while news wait.
    var fileDescriptor: Int32 { events.fileDescriptor }

    /// Reads up to `limit` datagrams.
    ///
    /// - Returns: Whether something with the mark was removed, or may have been.
    func receive(limit: Int) throws(SystemCallError) -> Bool {
        var isLost = false
        for _ in 0..<limit {
            switch try events.receive() {
            case .nothing: return isLost
            case .overrun: isLost = true
            case .datagram(let datagram):
                for message in NetlinkMessages(datagram)
                where RoutingNews.isLoss(message, ownPorts: ownPort, mark: mark) {
                    isLost = true
                }
            }
        }
        return isLost
    }

    /// The filter that the kernel applies to each message: the type is RTM_DELRULE, or it is RTM_DELROUTE and the
    /// protocol has the mark; and it is not the configurator's own.
    private static func filter(ownPort: UInt32, mark: UInt8) -> [sock_filter] {
        // A filter reads numbers in network byte order; the kernel writes netlink in the node's own.
        func load(_ size: Int32, at offset: UInt32) -> sock_filter {
            sock_filter(code: UInt16(BPF_LD | size | BPF_ABS), jt: 0, jf: 0, k: offset)
        }
        func skip(_ count: UInt8, unless value: UInt32, _ otherwise: UInt8 = 0) -> sock_filter {
            sock_filter(code: UInt16(BPF_JMP | BPF_JEQ | BPF_K), jt: otherwise, jf: count, k: value)
        }
        func give(_ octets: UInt32) -> sock_filter {
            sock_filter(code: UInt16(BPF_RET | BPF_K), jt: 0, jf: 0, k: octets)
        }
        let (typeOffset, portOffset): (UInt32, UInt32) = (4, 12)  // nlmsg_type, nlmsg_pid
        let protocolOffset: UInt32 = 16 + 5  // rtm_protocol behind the header
        return [
            load(BPF_W, at: portOffset),
            skip(1, unless: ownPort.bigEndian), give(0),
            load(BPF_H, at: typeOffset),
            skip(1, unless: UInt32(UInt16(RTM_DELRULE).bigEndian)), give(.max),
            skip(3, unless: UInt32(UInt16(RTM_DELROUTE).bigEndian)),
            load(BPF_B, at: protocolOffset),
            skip(1, unless: UInt32(mark)), give(.max),
            give(0),
        ]
    }
}
