import VIPPlanning
import VRRP

extension HotPath {
    /// What the operator decides: from cold, and when one thing has changed.
    static var planning: [HotPath] {
        [
            HotPath("plan 10,000 Services in 40 groups on 50 nodes", repetitions: 1) {
                PlannedCluster()
            } body: { cluster, count in
                for _ in 0..<count {
                    var cold = cluster
                    precondition(cold.plan().groups.count == 40 && cold.count == 10_000, "routers are missing")
                }
            },
            HotPath("plan again, one Service of 10,000 changed", repetitions: 10) {
                var cluster = PlannedCluster()
                _ = cluster.plan()
                return (cluster: cluster, last: UInt8(1))
            } body: { state, count in
                for _ in 0..<count {
                    state.last ^= 2
                    state.cluster.changeService(to: state.last)
                    precondition(state.cluster.plan().groups.count == 1, "the group stays the same")
                }
            },
        ]
    }
}
