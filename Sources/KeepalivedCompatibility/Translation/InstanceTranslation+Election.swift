import VRRP
import VRRPEngine

extension InstanceTranslation {
    /// Whether the instance has an address to advertise, or may be without one; reported where it is not right.
    func hasAddresses(_ family: AddressFamily, _ log: inout DiagnosticLog) -> Bool {
        guard instance.addresses.isEmpty else { return true }
        let name = instance.name
        let problem = Diagnostic.Problem.missing("an address in virtual_ipaddress")
        if isStrict || !instance.speaksVersion2(global) && instance.election.hasNoAddresses == nil {
            log.error(name.place, "vrrp_instance \(name.value)", problem)
            return false
        }
        if instance.election.hasNoAddresses == nil {
            log.warning(name.place, "vrrp_instance \(name.value)", problem)
        }
        return true
    }

    /// Takes the addresses that no advert has room for out of the list that adverts show, as keepalived does.
    mutating func moveSurplusAddresses(_ log: inout DiagnosticLog) {
        let limit = Self.mostAddresses
        guard instance.addresses.count > limit else { return }
        log.warning(instance.addresses[limit].place, "virtual_ipaddress", .tooManyAddresses(limit: limit))
        instance.unadvertisedAddresses = instance.addresses[limit...] + instance.unadvertisedAddresses
        instance.addresses.removeLast(instance.addresses.count - limit)
    }

    /// Lets an instance with `auth_type AH` begin as backup, as keepalived does: the others take no number that is lower than
    /// theirs, which it has to hear first.
    mutating func awaitSequenceNumber(_ log: inout DiagnosticLog) {
        guard instance.authenticationType?.value == .authenticationHeader, instance.password != nil,
            instance.speaksVersion2(global), let state = instance.startsAsMaster, state.value,
            let priority = instance.priority?.value, !priority.isAddressOwner
        else { return }
        log.warning(state.place, "state", .ignored(because: .authenticationHeader))
        instance.startsAsMaster = nil
    }

    /// How many adverts may be missed.
    var downTimerAdverts: UInt8 {
        let written = instance.election.downTimerAdverts ?? global.election.downTimerAdverts
        return written.map { UInt8($0.value) } ?? VirtualRouterConfiguration.standardDownTimerAdverts
    }

    /// The TTL or hop limit of unicast adverts, reported where there are none.
    func unicastHopLimit(_ log: inout DiagnosticLog) -> UInt8 {
        guard let written = instance.election.unicastHopLimit else { return VRRPNumbers.hopLimit }
        guard instance.peers?.value.isEmpty == false else {
            log.warning(written.place, "unicast_ttl", .ignored(because: .noPeers))
            return VRRPNumbers.hopLimit
        }
        return UInt8(written.value)
    }

    /// A peer, with the TTL or hop limit that its adverts may arrive with.
    ///
    /// Without `min_ttl` any is right, as it is for keepalived: nothing in the file tells a peer behind a router from a
    /// neighbour, and to drop the adverts of one that is there makes both active.
    func unicastPeer(_ settings: PeerSettings) -> UnicastPeer {
        let most = settings.maximumHopLimit ?? VRRPNumbers.hopLimit
        var peer = UnicastPeer(address: settings.address, minimumHopLimit: min(settings.minimumHopLimit ?? 1, most))
        peer.maximumHopLimit = most
        return peer
    }

    /// Whether unicast adverts have the checksum of keepalived before 1.3.7.
    func usesOldChecksum(_ family: AddressFamily) -> Bool {
        family == .ipv4 && instance.peers?.value.isEmpty == false && instance.election.usesOldChecksum?.value == true
    }

    /// The virtual MAC interface; nil where none is wanted.
    func virtualMAC(_ log: inout DiagnosticLog) -> VirtualMACInterface? {
        let base = instance.election.advertisesFromParent
        guard let name = virtualMACName, let wish = instance.virtualMAC?.value else {
            if let base { log.warning(base.place, "vmac_xmit_base", .ignored(because: .noVirtualMAC)) }
            return nil
        }
        var interface = VirtualMACInterface(name: name)
        interface.macAddress = wish.macAddress.map { address in
            guard wish.isPrefix, let identifier = instance.virtualRouterID?.value else { return address }
            return MACAddress(rawValue: address.rawValue | UInt64(identifier.rawValue))
        }
        interface.advertisesFromParent = base?.value ?? false
        interface.linkGroup = wish.linkGroup
        return interface
    }
}
