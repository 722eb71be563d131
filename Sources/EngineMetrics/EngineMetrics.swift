import ControlProtocol
public import Telemetry

/// The metrics of a node: those that exporters for keepalived are known for, and the project's own.
///
/// They are made of a report and nothing else, so that the same report gives the same text.
public enum EngineMetrics {
    /// The families of a report; of a vrrpd that does not answer there is little more than that.
    public static func families(of report: EngineReport) -> [MetricFamily] {
        let routers = report.status.map(RouterRow.rows) ?? []
        var families = KeepalivedFamilies.families(of: report.status.map { _ in routers.map(\.instance) })
        families += [BuildFamily.family] + NodeFamilies.families(of: report.status)
        if let status = report.status {
            families += KeepalivedStateFamilies.families(
                of: KeepalivedReport(
                    instances: routers.map(\.instance), scripts: status.trackedObjects.compactMap(ScriptRecord.init)))
            families += RouterFamilies.families(of: routers)
            families += LatencyFamilies.families(of: status.latencies)
            families += EngineProcessFamilies.families(of: status.daemon.process)
        }
        if let controlPlane = report.controlPlane { families += ControlPlaneFamilies.families(of: controlPlane) }
        return families
    }

    /// The families of what a daemon has left in dump files; of one that says nothing there is that alone.
    public static func families(of report: KeepalivedReport?) -> [MetricFamily] {
        let families = KeepalivedFamilies.families(of: report?.instances)
        guard let report else { return families }
        return families + [BuildFamily.family] + KeepalivedStateFamilies.families(of: report)
    }

    /// Every family that there is, by name.
    public static let catalogue: [MetricDescription] = {
        let all =
            KeepalivedFamilies.catalogue + KeepalivedStateFamilies.catalogue + BuildFamily.catalogue
            + NodeFamilies.catalogue + EngineProcessFamilies.catalogue + RouterFamilies.catalogue
            + LatencyFamilies.catalogue
            + ControlPlaneFamilies.catalogue
        return all.sorted { $0.name < $1.name }
    }()
}
