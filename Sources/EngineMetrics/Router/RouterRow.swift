import ControlProtocol
import Telemetry
import VRRP

/// A virtual router with what all of its metrics have in common.
///
/// A class, because each family goes through all of them: to copy a status costs more than a value's whole line.
final class RouterRow: Sendable {
    let status: VirtualRouterStatus
    let instance: InstanceRecord
    /// How often what happened.
    let counts: CounterRow
    /// `intf`, `name` and `vrid`: what the project's own metrics tell routers apart by.
    let labels: MetricLabels
    /// When the status was taken.
    let time: WallTime

    /// The routers in the order of their labels, so that no family has to be sorted.
    static func rows(of status: NodeStatus) -> [RouterRow] {
        status.virtualRouters.map { RouterRow($0, status.time) }.sorted { $0.labels < $1.labels }
    }

    private init(_ status: VirtualRouterStatus, _ time: WallTime) {
        self.status = status
        self.time = time
        counts = CounterRow(status.counters)
        instance = InstanceRecord(status, counts)
        labels = [
            "intf": status.interface, "name": status.name, "vrid": "\(status.virtualRouterID.rawValue)",
        ]
    }
}
