import EngineMetrics
public import Telemetry

/// The metrics of what was gathered from one scrape to the next.
///
/// Of vrrpd there is all that an agent serves, of dump files what exporters for keepalived have.
public struct ExporterMetrics: Sendable {
    /// Whether the daemon was vrrpd when it was heard last: then its own metrics say that it is gone.
    private var isOfVrrpd = false

    /// Of a daemon that was never heard.
    public init() {}

    /// The families of what was gathered; nil when nothing could be.
    public mutating func families(of gathered: Gathered?) -> [MetricFamily] {
        switch gathered {
        case .status(let status):
            isOfVrrpd = true
            return EngineMetrics.families(of: EngineReport(status: status))
        case .dumps(let report, _):
            isOfVrrpd = false
            return EngineMetrics.families(of: report)
        case nil where isOfVrrpd: return EngineMetrics.families(of: EngineReport(status: nil))
        case nil: return EngineMetrics.families(of: nil as KeepalivedReport?)
        }
    }
}
