import CLinux
import Glibc
import VRRP

/// Receives the adverts of one family on one interface, by multicast and by unicast.
///
/// An IPv4 socket delivers whole IP packets, an IPv6 socket messages with an envelope beside them. The kernel verifies no
/// checksum of VRRP, so that wrong ones reach the engine and are counted.
final class AdvertReceiver {
    /// The interface.
    let interfaceIndex: Int32
    /// The family.
    let family: AddressFamily
    private let descriptor: FileDescriptor
    private var groups: [IPAddress: Int] = [:]

    /// Room for a burst of an advert from each of 255 routers while the engine's thread does not run; the kernel's
    /// bookkeeping takes several times the length of a small packet.
    private static let receiveBufferOctets: Int32 = 4 << 20

    /// Opens a socket for an interface, member of no group; needs CAP_NET_RAW.
    ///
    /// - Parameter hasAuthenticationHeader: Whether it receives adverts behind an authentication header, and only those.
    init(
        interfaceIndex: Int32, family: AddressFamily, hasAuthenticationHeader: Bool = false
    ) throws(SystemCallError) {
        self.interfaceIndex = interfaceIndex
        self.family = family
        descriptor = try FileDescriptor.socket(
            family: family == .ipv4 ? AF_INET : AF_INET6, kind: SOCK_RAW,
            protocol: Int32(hasAuthenticationHeader ? AuthenticationHeader.ipProtocol : VRRPNumbers.ipProtocol))
        try descriptor.bind(toInterface: interfaceIndex)
        try descriptor.reserveReceiveBuffer(octets: Self.receiveBufferOctets)
        let on: Int32 = 1
        let off: Int32 = 0
        switch family {
        case .ipv4:
            // Else the socket hears every group that anybody on this node has joined.
            try descriptor.set(IP_MULTICAST_ALL, at: Int32(IPPROTO_IP), to: off, name: "IP_MULTICAST_ALL")
            try descriptor.set(IP_MULTICAST_LOOP, at: Int32(IPPROTO_IP), to: off, name: "IP_MULTICAST_LOOP")
            if hasAuthenticationHeader {
                try SocketFilter.attach(SocketFilter.authenticatedAdverts, to: descriptor.rawValue)
            }
        case .ipv6:
            let level = Int32(IPPROTO_IPV6)
            try descriptor.set(IPV6_MULTICAST_ALL, at: level, to: off, name: "IPV6_MULTICAST_ALL")
            try descriptor.set(IPV6_MULTICAST_LOOP, at: level, to: off, name: "IPV6_MULTICAST_LOOP")
            try descriptor.set(IPV6_RECVHOPLIMIT, at: level, to: on, name: "IPV6_RECVHOPLIMIT")
            try descriptor.set(IPV6_RECVPKTINFO, at: level, to: on, name: "IPV6_RECVPKTINFO")
            let noChecksum: Int32 = -1
            try descriptor.set(IPV6_CHECKSUM, at: level, to: noChecksum, name: "IPV6_CHECKSUM")
        }
    }

    /// What is ready while packets wait.
    var fileDescriptor: Int32 { descriptor.rawValue }

    /// Becomes a member of a group of the family; each call needs its own ``leave(_:)``.
    func join(_ group: IPAddress) throws(SystemCallError) {
        if groups[group] == nil { try changeMembership(of: group, isJoining: true) }
        groups[group, default: 0] += 1
    }

    /// Takes one ``join(_:)`` back.
    func leave(_ group: IPAddress) throws(SystemCallError) {
        guard let count = groups[group] else { return }
        groups[group] = count > 1 ? count - 1 : nil
        if count == 1 { try changeMembership(of: group, isJoining: false) }
    }

    /// Receives what waits, at most `batches` times the room of `batch`, and hands each packet by its place in it.
    ///
    /// - Returns: Whether nothing waits any more.
    func drain(
        batches: Int, using batch: borrowing ReceiveBatch, _ handle: (_ index: Int) -> Void
    ) throws(SystemCallError) -> Bool {
        for _ in 0..<batches {
            let count = try batch.receive(from: descriptor.rawValue)
            for index in 0..<count { handle(index) }
            if count < ReceiveBatch.capacity { return true }
        }
        return false
    }

    private func changeMembership(of group: IPAddress, isJoining: Bool) throws(SystemCallError) {
        switch group {
        case .v4(let address):
            let request = ip_mreqn(
                imr_multiaddr: in_addr(address), imr_address: in_addr(), imr_ifindex: interfaceIndex)
            let option = isJoining ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP
            let name: StaticString = isJoining ? "IP_ADD_MEMBERSHIP" : "IP_DROP_MEMBERSHIP"
            try descriptor.set(option, at: Int32(IPPROTO_IP), to: request, name: name)
        case .v6(let address):
            let request = ipv6_mreq(
                ipv6mr_multiaddr: in6_addr(address), ipv6mr_interface: UInt32(bitPattern: interfaceIndex))
            let option = isJoining ? IPV6_ADD_MEMBERSHIP : IPV6_DROP_MEMBERSHIP
            let name: StaticString = isJoining ? "IPV6_ADD_MEMBERSHIP" : "IPV6_DROP_MEMBERSHIP"
            try descriptor.set(option, at: Int32(IPPROTO_IPV6), to: request, name: name)
        }
    }
}
