public import Telemetry

/// The metrics that dashboards and alerts for keepalived know, under the names of gen2brain's exporter.
public enum KeepalivedFamilies {
    /// The families of what was gathered.
    ///
    /// - Parameter instances: nil when nothing could be gathered; then that is all that is said.
    public static func families(of instances: [InstanceRecord]?) -> [MetricFamily] {
        var isUp = MetricFamily("keepalived_up", help: "Status", kind: .gauge)
        isUp.set(instances == nil ? 0 : 1)
        guard let instances else { return [isUp] }
        let counters = InstanceCounter.allCases.map { counter in
            var family = MetricFamily("keepalived_vrrp_\(counter.rawValue)", help: counter.help, kind: .counter)
            for instance in instances {
                family.set(Double(instance.counters[counter] ?? 0), labels: labels(of: instance))
            }
            return family
        }
        return [isUp] + counters
    }

    private static func labels(of instance: InstanceRecord) -> MetricLabels {
        [
            "name": instance.name, "intf": instance.interface, "vrid": "\(instance.virtualRouterID)",
            "state": instance.state?.rawValue ?? "",
        ]
    }
}
