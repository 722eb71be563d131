import VRRP
import VRRPEngine

extension InstanceTranslation {
    /// The most addresses that the count field of an advert can tell (RFC 9568, section 5.2.5).
    static let mostAddresses = 255
    /// The most peers that a definition may have.
    private static let mostPeers = 255

    /// Leaves out the addresses and peers of the other family than the first one's, with a warning, as keepalived does.
    ///
    /// Where no peer would be left the peers stay, so that ``keepsToFamily(_:_:)`` reports them: without any the adverts
    /// would go to the group.
    mutating func removeForeignAddresses(_ log: inout DiagnosticLog) {
        let family = instance.family?.value ?? .ipv4
        func isOwn(_ address: IPAddress, _ place: SourcePlace, _ text: String, _ keyword: String) -> Bool {
            if address.family != family { log.warning(place, keyword, .foreignAddress(value: text, family: family)) }
            return address.family == family
        }
        if instance.addresses.contains(where: { $0.value.address.family != family }) {
            instance.addresses = instance.addresses.filter {
                isOwn($0.value.address, $0.place, $0.text, "virtual_ipaddress")
            }
        }
        guard let peers = instance.peers?.value, peers.contains(where: { $0.value.address.family == family }) else {
            return
        }
        instance.peers?.value = peers.filter { isOwn($0.value.address, $0.place, $0.text, "unicast_peer") }
    }

    /// Whether every address that adverts come from or go to is of the family; reported where not.
    func keepsToFamily(_ family: AddressFamily, _ log: inout DiagnosticLog) -> Bool {
        var keeps = true
        func check(_ address: IPAddress, _ place: SourcePlace, _ text: String, _ keyword: String) {
            guard address.family != family else { return }
            log.error(place, keyword, .foreignFamily(value: text, family: family))
            keeps = false
        }
        for peer in instance.peers?.value ?? [] { check(peer.value.address, peer.place, peer.text, "unicast_peer") }
        for (source, keyword) in [
            (instance.unicastSource, "unicast_src_ip"), (instance.multicastSource, "mcast_src_ip"),
        ] {
            if let source { check(source.value, source.place, source.text, keyword) }
        }
        if let group = instance.group { check(group.value, group.place, group.text, "mcast_dst_ip") }
        return keeps
    }

    /// Whether the peers are not too many, and the virtual MAC interface is another
    /// one than the instance's own; reported where not.
    func keepsToLimits(_ log: inout DiagnosticLog) -> Bool {
        var keeps = true
        if let peers = instance.peers?.value, peers.count > Self.mostPeers {
            log.error(peers[Self.mostPeers].place, "unicast_peer", .tooManyPeers(limit: Self.mostPeers))
            keeps = false
        }
        if let wish = instance.virtualMAC, let name = virtualMACName, name == instance.interface?.value {
            let allowed = "another name than that of the instance's own interface"
            log.error(wish.place, "use_vmac", .notAllowed(value: name, allowed: allowed))
            keeps = false
        }
        return keeps
    }

    /// The addresses in the order of adverts: with IPv6 the first one is link-local where any is (RFC 9568,
    /// section 5.2.9).
    func advertisedAddresses(
        on interface: String, _ family: AddressFamily, _ log: inout DiagnosticLog
    ) -> [VirtualAddress] {
        var addresses = instance.addresses.map { withoutOwnInterface($0.value, interface) }
        guard family == .ipv6, addresses.first?.address.isIPv6LinkLocal == false else { return addresses }
        let position = addresses.firstIndex { $0.address.isIPv6LinkLocal }
        let place = instance.addresses[position ?? 0].place
        log.warning(place, "virtual_ipaddress", .linkLocalNotFirst(isPresent: position != nil))
        if let position { addresses.insert(addresses.remove(at: position), at: 0) }
        return addresses
    }

    /// Says of which addresses the wish for a virtual MAC address of their own is not met.
    func warnOfVirtualMACAddresses(_ log: inout DiagnosticLog) {
        for address in instance.routing.virtualMACAddresses
        where instance.virtualMAC == nil || address.value.interface != nil {
            log.warning(address.place, "use_vmac of \(address.text)", .ignored(because: .oneVirtualInterface))
        }
    }

    /// The addresses that adverts do not list.
    func unadvertisedAddresses(on interface: String) -> [VirtualAddress] {
        instance.unadvertisedAddresses.map { withoutOwnInterface($0.value, interface) }
    }

    /// `dev` with the instance's own interface says nothing new, unless a virtual MAC interface stands between.
    private func withoutOwnInterface(_ address: VirtualAddress, _ interface: String) -> VirtualAddress {
        guard address.interface == interface, instance.virtualMAC == nil else { return address }
        var address = address
        address.interface = nil
        return address
    }

    /// Where adverts come from: of two addresses the one for the way that they travel.
    var sourceAddress: IPAddress? {
        let isUnicast = instance.peers?.value.isEmpty == false
        let (first, second) =
            isUnicast
            ? (instance.unicastSource, instance.multicastSource) : (instance.multicastSource, instance.unicastSource)
        return (first ?? second)?.value
    }

    /// How adverts travel: to the peers where any are listed, else to the group.
    func transport(_ family: AddressFamily, _ log: inout DiagnosticLog) -> Transport {
        let globalGroup = family == .ipv4 ? global.groupIPv4?.value : global.groupIPv6?.value
        let multicast = Transport.multicast(group: instance.group?.value ?? globalGroup ?? family.vrrpGroup)
        guard let list = instance.peers else { return multicast }

        var peers: [UnicastPeer] = []
        var places: [IPAddress: SourcePlace] = [:]
        for peer in list.value {
            if let earlier = places.updateValue(peer.place, forKey: peer.value.address) {
                log.warning(peer.place, "unicast_peer", .duplicate(of: earlier, what: visible(peer.text)))
                continue
            }
            peers.append(unicastPeer(peer.value))
        }
        guard !peers.isEmpty else {
            if instance.election.staysOutWithoutPeers?.value == true { return .unicast(peers: []) }
            log.warning(list.place, "unicast_peer", .multicastForLackOfPeers)
            return multicast
        }
        return .unicast(peers: peers)
    }
}
