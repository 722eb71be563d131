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
        counters = Self.noCounts
        for counter in status.counters.counters {
            if let known = Self.counterByControlName[counter.name] { counters[known, default: 0] &+= counter.value }
        }
    }

    private static let noCounts = Dictionary(uniqueKeysWithValues: InstanceCounter.allCases.map { ($0, UInt64(0)) })

    private static let counterByControlName = Dictionary(
        uniqueKeysWithValues: InstanceCounter.allCases.flatMap { counter in
            counter.controlNames.map { ($0, counter) }
        })
}
