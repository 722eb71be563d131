public import Telemetry

/// The metrics that dashboards and alerts for keepalived know, under the names of gen2brain's exporter.
public enum KeepalivedFamilies {
    private static let isUp = MetricDescription("keepalived_up", .gauge, help: "Status")

    /// Every family that there is.
    static let catalogue = [isUp] + InstanceCounter.allCases.map(\.description)

    /// The families of what was gathered.
    ///
    /// - Parameter instances: nil when nothing could be gathered; then that is all that is said.
    public static func families(of instances: [InstanceRecord]?) -> [MetricFamily] {
        var isUp = MetricFamily(isUp)
        isUp.set(instances == nil ? 0 : 1)
        guard let instances else { return [isUp] }
        let ordered = instances.map { (counts: $0.counts, labels: labels(of: $0)) }.sorted { $0.labels < $1.labels }
        let rows = MetricRows(ordered.map(\.labels))
        let counters = InstanceCounter.allCases.enumerated().map { place, counter in
            var family = MetricFamily(counter.description)
            family.set(ordered.map { Double($0.counts[place]) }, rows: rows)
            return family
        }
        return [isUp] + counters
    }

    private static func labels(of instance: InstanceRecord) -> MetricLabels {
        [
            "intf": instance.interface, "name": instance.name, "state": instance.state?.rawValue ?? "",
            "vrid": "\(instance.virtualRouterID)",
        ]
    }
}

extension InstanceCounter {
    /// The counter under the name of gen2brain's exporter. That the state is a label of a counter, so that its series ends
    /// with each change, is how dashboards know it.
    fileprivate var description: MetricDescription {
        MetricDescription(
            "keepalived_vrrp_\(rawValue)", .counter, labels: ["intf", "name", "state", "vrid"], help: help)
    }
}
