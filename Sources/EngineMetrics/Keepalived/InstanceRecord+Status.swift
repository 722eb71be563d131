public import ControlProtocol
import VRRP
import VRRPEngine

extension InstanceRecord {
    /// What vrrpd's control socket says about a virtual router.
    public init(_ status: VirtualRouterStatus) {
        name = status.name
        interface = status.virtualInterface ?? status.interface
        virtualRouterID = Int64(status.virtualRouterID.rawValue)
        state =
            switch status.state {
            case .initialize: status.faults.isEmpty ? .initialize : .fault
            case .backup: .backup
            case .active: .active
            }
        counters = [:]
        for counter in InstanceCounter.allCases {
            counters[counter] = counter.controlNames.map { status.counters[$0] }.reduce(0, &+)
        }
    }
}
