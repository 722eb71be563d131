import ControlProtocol
import Telemetry
import VRRP

/// A virtual router with what all of its metrics have in common.
///
/// A class, because each family goes through all of them: to copy a status costs more than a value's whole line.
final class RouterRow: Sendable {
    let status: VirtualRouterStatus
    let instance: InstanceRecord
    /// `intf`, `name` and `vrid`: what the project's own metrics tell routers apart by.
    let labels: MetricLabels
    /// When the status was taken.
    let time: WallTime

    /// The routers in the order of their labels, so that no family has to be sorted.
    static func rows(of status: NodeStatus) -> [RouterRow] {
        guard let first = status.virtualRouters.first else { return [] }
        let columns = CounterColumns(first.counters)
        return status.virtualRouters.map { RouterRow($0, status.time, columns) }.sorted { $0.labels < $1.labels }
    }

    private init(_ status: VirtualRouterStatus, _ time: WallTime, _ columns: CounterColumns) {
        self.status = status
        self.time = time
        instance = InstanceRecord(status, columns)
        labels = [
            "intf": status.interface, "name": status.name, "vrid": "\(status.virtualRouterID.rawValue)",
        ]
    }

    /// The counter of a name, which usually stands at the same place in every router.
    func counter(_ name: String, at place: Int?) -> Double {
        let counters = status.counters.counters
        if let place, place < counters.count, counters[place].name == name { return Double(counters[place].value) }
        return Double(status.counters[name])
    }

    /// Where the counter of a name stands.
    func place(of counter: String) -> Int? { status.counters.counters.firstIndex { $0.name == counter } }
}
