import ControlProtocol
import NodeAgent
import StatusServer
import VIPPlanning
import VRRP
import VRRPEngine

extension PageNode {
    /// A node as its own vrrpd tells of it.
    ///
    /// - Parameter problem: why vrrpd does not answer; nil while it does.
    init(_ status: NodeStatus, of planned: [String: PlannedRouter], on node: String, problem: String?) {
        let faulty = status.virtualRouters.count { router in
            !router.faults.isEmpty && !router.isWithoutEndpoint(planned[router.name])
        }
        let (state, explanation): (State, String) =
            if let problem {
                (.silent, problem)
            } else if faulty > 0 {
                (
                    .faulty,
                    faulty == 1 ? "1 virtual router cannot take part" : "\(faulty) virtual routers cannot take part"
                )
            } else if status.isDrained {
                (.draining, "its virtual routers leave their parts to other nodes")
            } else {
                (.ready, "")
            }
        self.init(
            name: node, state: state, explanation: explanation,
            activeRouters: status.virtualRouters.count { $0.state == .active },
            virtualRouters: status.virtualRouters.count)
    }
}
