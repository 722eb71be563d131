import VRRP
import VRRPEngine

extension Definitions {
    /// Virtual routers on `eth0`, `eth1` and so on, each with one address and an interval of 100 ms.
    ///
    /// They announce themselves only at the beginning, so that a second of their time leads to the steady state.
    ///
    /// Made anew by each call, so that two results share no storage and are compared by value, as on a reload.
    ///
    /// - Parameters:
    ///   - firstPriority: the priority of the first router; all others have the default.
    ///   - peers: whom adverts go to; none for the group of all.
    static func material(
        interfaces: Int, routersOnEach: Int, firstPriority: Priority = .default, peers: [UnicastPeer] = []
    ) -> Definitions {
        var definitions = Definitions()
        for number in 0..<interfaces {
            for id in Material.identifiers.prefix(routersOnEach) {
                var definition = VirtualRouterDefinition(
                    name: "eth\(number)-\(id)", interface: "eth\(number)", family: .ipv4, virtualRouterID: id,
                    addresses: [VirtualAddress(Material.address(of: id, onInterface: number))])
                definition.advertisementInterval = Material.interval
                if !peers.isEmpty { definition.transport = .unicast(peers: peers) }
                definition.announcements.afterBecomingActive = [.zero, .milliseconds(100)]
                definitions.virtualRouters.append(definition)
            }
        }
        if !definitions.virtualRouters.isEmpty { definitions.virtualRouters[0].priority = firstPriority }
        return definitions
    }
}

/// What the operations have in common.
enum Material {
    /// The time between two adverts: 100 ms.
    static let interval = AdvertisementInterval(centiseconds: 10) ?? .default
    /// All identifiers that an interface can have.
    static let identifiers = (1...UInt8.max).compactMap(VirtualRouterID.init)
    /// The group of adverts.
    static let group = AddressFamily.ipv4.vrrpGroup
    /// Another router on the link, with a higher address than the engine's.
    static let peer = IPAddress.v4(IPv4Address(10, 0, 0, 2))

    /// Four other routers beyond the link.
    static let unicastPeers = (2...5).map { UnicastPeer(address: .v4(IPv4Address(10, 0, 0, $0))) }

    /// The virtual address of a router of ``VRRPEngine/Definitions/material(interfaces:routersOnEach:firstPriority:)``.
    static func address(of id: VirtualRouterID, onInterface number: Int) -> IPAddress {
        .v4(IPv4Address(10, UInt8(number), 1, id.rawValue))
    }

    /// What an advert about a router on `eth0` says.
    static func contents(_ id: VirtualRouterID) -> AdvertisementContents {
        AdvertisementContents(
            version: .v3, family: .ipv4, virtualRouterID: id, interval: interval,
            addresses: [address(of: id, onInterface: 0)])
    }

    /// An advert of the peer about a router on `eth0`, ready to be sent.
    static func template(_ id: VirtualRouterID, priority: UInt8) -> AdvertisementTemplate {
        AdvertisementTemplate(
            contents(id), priority: priority, source: peer, destination: group, checksum: .pseudoHeader,
            sourceMAC: MACAddress(rawValue: 2), destinationMAC: .multicast(group))
    }

    /// The peer's advert about each router on `eth0`, as a raw socket delivers it.
    static func packets(priority: UInt8) -> [[UInt8]] {
        identifiers.map { id in
            Array(template(id, priority: priority).frame.dropFirst(AdvertisementTemplate.ethernetHeaderLength))
        }
    }
}
