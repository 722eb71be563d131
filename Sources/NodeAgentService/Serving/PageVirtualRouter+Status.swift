import ControlProtocol
import StatusServer
import VIPPlanning
import VRRP
import VRRPEngine

extension PageVirtualRouter {
    /// A virtual router as a node sees it.
    init(_ router: VirtualRouterStatus, of planned: PlannedRouter?, on node: String, at time: WallTime) {
        self.init(
            name: router.name, belongsTo: planned.map { "Service \($0.service)" } ?? "", interface: router.interface,
            virtualRouterID: router.virtualRouterID.rawValue,
            addresses: router.addresses.map { $0.address.description }, owners: [])
        let since = PageTime(
            millisecondsSinceEpoch: time.millisecondsSinceEpoch - router.since.rawValue / 1_000_000)
        switch router.state {
        case .initialize: break
        case .active: owners = [Owner(node: node, since: since)]
        case .backup:
            if let active = router.activeRouter {
                let member = planned?.members.first { $0.address == active }
                owners = [Owner(node: member?.node ?? active.description)]
            }
            if let left = router.timers.activeDown {
                successor = Successor(node: node, afterMilliseconds: Double(left.rawValue) / 1_000_000)
            }
        }
        explanation = router.reason?.explanation ?? ""
        faults = router.faults.map(\.description)
    }
}
