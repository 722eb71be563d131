import VRRP
import VRRPEngine

/// What no two instances of a configuration may share, and where the first one stands that has it.
struct Uniqueness {
    /// The routers of an identity, which adverts tell apart, and where the identifier of each stands.
    private struct Holders {
        var routers = IdentifierSharers()
        var places: [SourcePlace] = []
    }

    private struct Identity: Hashable {
        var interface: String
        var family: AddressFamily
        var virtualRouterID: VirtualRouterID
    }

    private var names: [String: SourcePlace] = [:]
    private var identities: [Identity: Holders] = [:]
    private var holdings: [Holding: SourcePlace] = [:]
    private var virtualInterfaces: [String: SourcePlace] = [:]
    /// Whether instances have an address in common.
    private(set) var sharesAddresses = false

    /// Whether the name is new; reported where it is not.
    mutating func admitsName(of instance: InstanceSettings, _ log: inout DiagnosticLog) -> Bool {
        let name = instance.name
        guard let earlier = names[name.value] else {
            names[name.value] = name.place
            return true
        }
        log.error(name.place, "vrrp_instance", .duplicate(of: earlier, what: "the name \(visible(name.text))"))
        return false
    }

    /// Whether the identifier is new to interface and family or adverts tell the routers that have it apart, and the
    /// virtual MAC interface is new to the node; reported where not. An address that another instance has on the same
    /// interface is reported as well, and stays: both hold it, as with keepalived.
    mutating func admits(
        _ router: VirtualRouterDefinition, of instance: InstanceSettings, _ log: inout DiagnosticLog
    ) -> Bool {
        let place = instance.virtualRouterID?.place ?? instance.name.place
        let identity = Identity(
            interface: router.interface, family: router.family, virtualRouterID: router.virtualRouterID)
        if let other = identities[identity, default: Holders()].routers.conflict(admitting: router) {
            let earlier = identities[identity]?.places[other] ?? place
            let what = "\(router.virtualRouterID) for this family on \(router.interface)"
            log.error(place, "virtual_router_id", .duplicate(of: earlier, what: what))
            return false
        }
        identities[identity]?.places.append(place)

        var isAdmitted = true
        if let name = router.virtualMAC?.name, let wish = instance.virtualMAC {
            if let earlier = virtualInterfaces[name] {
                log.error(wish.place, "use_vmac", .duplicate(of: earlier, what: visible(name)))
                isAdmitted = false
            } else {
                virtualInterfaces[name] = wish.place
            }
        }
        let defaultInterface = router.virtualMAC?.name ?? router.interface
        for address in instance.addresses + instance.unadvertisedAddresses {
            let holding = Holding(address.value, defaultInterface: defaultInterface)
            if let earlier = holdings[holding] {
                log.warning(address.place, "virtual_ipaddress", .duplicate(of: earlier, what: visible(address.text)))
                sharesAddresses = true
            } else {
                holdings[holding] = address.place
            }
        }
        return isAdmitted
    }
}

extension InstanceTranslation {
    /// Leaves out, with a warning, what the instance lists a second time; that changes nothing of what it does.
    mutating func removeRepeatedAddresses(_ log: inout DiagnosticLog) {
        var places: [Holding: SourcePlace] = [:]
        let defaultInterface = virtualMACName ?? instance.interface?.value
        func keepsFirst(_ address: Located<VirtualAddress>) -> Bool {
            let holding = Holding(address.value, defaultInterface: defaultInterface)
            guard let earlier = places[holding] else {
                places[holding] = address.place
                return true
            }
            log.warning(address.place, "virtual_ipaddress", .duplicate(of: earlier, what: visible(address.text)))
            return false
        }
        instance.addresses = instance.addresses.filter(keepsFirst)
        instance.unadvertisedAddresses = instance.unadvertisedAddresses.filter(keepsFirst)
    }
}

/// An address on the interface that holds it; no interface where the instance names none.
private struct Holding: Hashable {
    var interface: String?
    var address: IPAddress

    init(_ address: VirtualAddress, defaultInterface: String?) {
        interface = address.interface ?? defaultInterface
        self.address = address.address
    }
}
