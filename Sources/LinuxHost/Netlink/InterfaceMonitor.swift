import CLinux
import Glibc
import VRRP
import VRRPEngine

/// Follows the node's interfaces and addresses: how they stand, then what changes, and again how they stand whenever news
/// were lost.
struct InterfaceMonitor: ~Copyable {
    /// Room for events that were not read yet: the bookkeeping of each takes near a kibioctet, and configuring the
    /// addresses of some thousand routers makes as many events.
    private static let receiveBufferOctets: Int32 = 8 << 20
    /// The most datagrams thrown away before the truth is read anew; a node whose interfaces change faster than that
    /// is resynchronised again at once.
    private static let longestDiscard = 100_000
    /// How often a list that changed while it was made is asked for again.
    private static let dumpAttempts = 5

    private let events: NetlinkSocket
    private var requests: NetlinkChannel
    private var needsResynchronization = false
    private var links: [Int32: LinkMessage] = [:]

    /// Subscribes to the news; what is there already tells ``resynchronize()``.
    init(receiveBufferOctets: Int32 = receiveBufferOctets) throws(SystemCallError) {
        let events = try Self.subscribe(receiveBufferOctets: receiveBufferOctets)
        requests = try NetlinkChannel(family: NETLINK_ROUTE)
        self.events = events
    }

    /// What is ready while news wait.
    var fileDescriptor: Int32 { events.fileDescriptor }

    /// An interface by its number, as the last news left it.
    func link(index: Int32) -> LinkMessage? { links[index] }

    /// An interface by its name, as the last news left it.
    func link(named name: String) -> LinkMessage? { links.values.first { $0.name == name } }

    /// Reads how everything stands: the interfaces by their number, each with its addresses in the kernel's order.
    mutating func resynchronize() throws(SystemCallError) -> [HostInterface] {
        needsResynchronization = true
        var addresses: [Int32: [HostAddress]] = [:]
        for attempt in 1...Self.dumpAttempts {
            links.removeAll(keepingCapacity: true)
            addresses.removeAll(keepingCapacity: true)
            let hasAllLinks = try dumpLinks()
            let hasAllAddresses = try dumpAddresses(into: &addresses)
            // A list made while something changed misses nothing that the events do not tell later.
            if hasAllLinks && hasAllAddresses || attempt == Self.dumpAttempts { break }
        }
        needsResynchronization = false
        return links.values.sorted { $0.index < $1.index }.map { link in
            var interface = link.hostInterface
            interface.addresses = addresses[link.index] ?? []
            return interface
        }
    }

    /// Reads up to `limit` datagrams of news and hands over each piece that means a change.
    ///
    /// - Returns: Whether nothing waits any more.
    mutating func receive(
        limit: Int, _ handle: (InterfaceEvent) -> Void
    ) throws(SystemCallError) -> Bool {
        if needsResynchronization { handle(.resynchronized(try resynchronize())) }
        for _ in 0..<limit {
            switch try events.receive() {
            case .nothing: return true
            case .datagram(let datagram):
                for message in NetlinkMessages(datagram) {
                    if let event = event(in: message) { handle(event) }
                }
            case .overrun:
                // What still waits is older than the list that is read next.
                needsResynchronization = true
                try discardEvents()
                handle(.resynchronized(try resynchronize()))
                return false
            }
        }
        return false
    }

    private func discardEvents() throws(SystemCallError) {
        for _ in 0..<Self.longestDiscard {
            if case .nothing = try events.receive() { return }
        }
    }

    private mutating func event(in message: ReceivedNetlinkMessage) -> InterfaceEvent? {
        switch message.type {
        case RTM_NEWLINK:
            guard let link = LinkMessage(message) else { return nil }
            let known = links.updateValue(link, forKey: link.index)
            return known?.hostInterface == link.hostInterface ? nil : .interfaceChanged(link.hostInterface)
        case RTM_DELLINK:
            guard let link = LinkMessage(message) else { return nil }
            return links.removeValue(forKey: link.index).map { _ in .interfaceRemoved(index: link.index) }
        case RTM_NEWADDR:
            return AddressMessage(message).map {
                .addressAdded($0.hostAddress, interfaceIndex: $0.interfaceIndex)
            }
        case RTM_DELADDR:
            return AddressMessage(message).map {
                .addressRemoved(
                    $0.hostAddress.address, prefixLength: $0.hostAddress.prefixLength,
                    interfaceIndex: $0.interfaceIndex)
            }
        default: return nil
        }
    }

    private mutating func dumpLinks() throws(SystemCallError) -> Bool {
        let request = try NetlinkMessage(type: RTM_GETLINK, flags: NLM_F_DUMP, header: ifinfomsg())
        var found: [LinkMessage] = []
        let isConsistent = try requests.dump(request) { message in
            if message.type == RTM_NEWLINK, let link = LinkMessage(message) { found.append(link) }
        }
        for link in found { links[link.index] = link }
        return isConsistent
    }

    private mutating func dumpAddresses(into addresses: inout [Int32: [HostAddress]]) throws(SystemCallError) -> Bool {
        let request = try NetlinkMessage(type: RTM_GETADDR, flags: NLM_F_DUMP, header: ifaddrmsg())
        return try requests.dump(request) { message in
            guard message.type == RTM_NEWADDR, let found = AddressMessage(message) else { return }
            addresses[found.interfaceIndex, default: []].append(found.hostAddress)
        }
    }

    private static func subscribe(receiveBufferOctets: Int32) throws(SystemCallError) -> NetlinkSocket {
        let socket = try NetlinkSocket(family: NETLINK_ROUTE, receiveBufferOctets: receiveBufferOctets)
        for group in [RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR] { try socket.join(group: group.rawValue) }
        return socket
    }
}
