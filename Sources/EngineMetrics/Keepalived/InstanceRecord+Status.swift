import ControlProtocol
import VRRP
import VRRPEngine

extension InstanceRecord {
    /// What vrrpd's control socket says about a virtual router, whose counts are known.
    init(_ status: VirtualRouterStatus, _ counts: CounterRow) {
        name = status.name
        let own = status.virtualInterface ?? status.interface
        interface = own
        virtualRouterID = Int64(status.virtualRouterID.rawValue)
        state =
            switch status.state {
            case .initialize: status.faults.isEmpty ? .initialize : .fault
            case .backup: .backup
            case .active: .active
            }
        self.counts = Self.places.map { places in places.reduce(0) { $0 &+ counts[$1] } }
        addresses = status.addresses.map { address in
            InstanceAddress(
                text: address.keepalivedText, interface: address.interface ?? own, isExcluded: !address.isAdvertised)
        }
        announcementDelay = status.announcementDelay.rawValue / 1_000_000_000
    }

    /// For each counter of an instance the places of those that are added up to it.
    private static let places = InstanceCounter.allCases.map { $0.controlNames.compactMap(CounterPlace.init(ofName:)) }
}

extension AddressStatus {
    /// The first word of an address in keepalived's dumps.
    fileprivate var keepalivedText: String {
        prefixLength == address.family.maximumPrefixLength ? "\(address)" : "\(address)/\(prefixLength)"
    }
}

extension ScriptRecord {
    /// What vrrpd's control socket says about a tracked object; nil where that is no script.
    init?(_ object: TrackedObjectStatus) {
        guard let name = ScriptDefinition.name(trackedAs: object.name) else { return nil }
        self.init(name: name, isGood: object.isGood == true, phase: object.scriptPhase)
    }
}
