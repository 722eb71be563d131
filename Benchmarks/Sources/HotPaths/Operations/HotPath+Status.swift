import ControlProtocol
import VRRP
import VRRPEngine

extension HotPath {
    /// What a client of the control socket costs the thread of the engine.
    static var status: [HotPath] {
        [
            HotPath("answer a request for the status of 255 routers", repetitions: 1) {
                var workbench = try Workbench(interfaces: 1, routersOnEach: 255)
                workbench.advance(to: .zero + .seconds(1))
                return workbench
            } body: { workbench, count in
                for _ in 0..<count { precondition(answer(workbench).count > 255, "routers are missing") }
            }
        ]
    }

    private static func answer(_ workbench: Workbench) -> [UInt8] {
        let time = WallTime(millisecondsSinceEpoch: 1_750_000_000_000)
        let daemon = DaemonStatus(
            version: "1", processID: 1, startTime: time, uptime: .seconds(10),
            definitionsFile: "/etc/keepalived/keepalived.conf",
            lastLoad: DefinitionsLoad(time: time))
        let snapshot = workbench.engine.snapshot(at: workbench.now)
        return ControlAnswer.status(NodeStatus(snapshot, daemon: daemon, time: time)).line
    }
}
