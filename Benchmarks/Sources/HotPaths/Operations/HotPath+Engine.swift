import VRRP
import VRRPEngine

extension HotPath {
    /// The engine in steady state and in a failover; everything but the system calls.
    static var engine: [HotPath] {
        [
            active(interfaces: 1, repetitions: 20),
            active(interfaces: 16, repetitions: 2),
            active(interfaces: 1, repetitions: 20, peers: Material.unicastPeers),
            HotPath("255 backup routers hear an advert each", repetitions: 20) {
                let packets = Material.packets(priority: 200)
                var workbench = try Workbench(interfaces: 1, routersOnEach: 255)
                workbench.receive(packets, interfaceIndex: 1)
                return (workbench: workbench, packets: packets)
            } body: { state, count in
                for _ in 0..<count {
                    state.workbench.now = state.workbench.now + Material.interval.duration
                    state.workbench.receive(state.packets, interfaceIndex: 1)
                }
            },
            HotPath("255 backup routers take over, and yield to a better router", repetitions: 2) {
                (workbench: try Workbench(interfaces: 1, routersOnEach: 255), packets: Material.packets(priority: 200))
            } body: { state, count in
                for _ in 0..<count {
                    state.workbench.advance(to: state.workbench.now + Material.interval.duration * 4)
                    state.workbench.receive(state.packets, interfaceIndex: 1)
                }
            },
        ]
    }

    private static func active(interfaces: Int, repetitions: Int, peers: [UnicastPeer] = []) -> HotPath {
        let count = interfaces * 255 >= 1000 ? "4,080" : "255"
        let receivers = peers.isEmpty ? "" : " to \(peers.count) unicast peers"
        return HotPath("\(count) active routers send an advert each\(receivers)", repetitions: repetitions) {
            var workbench = try Workbench(interfaces: interfaces, routersOnEach: 255, peers: peers)
            // Until they have announced themselves.
            workbench.advance(to: .zero + .seconds(1))
            return workbench
        } body: { workbench, count in
            for _ in 0..<count { workbench.advance(to: workbench.now + Material.interval.duration) }
        }
    }
}
