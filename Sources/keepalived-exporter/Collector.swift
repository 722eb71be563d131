import KeepalivedExporter
import Logging
import NIOPosix
import StatusServer
import Telemetry

/// Gathers for scrapes.
actor Collector {
    private let gatherer: Gatherer
    private let logger: Logger
    private var metrics = ExporterMetrics()
    /// What the log was told last, which tells changes alone.
    private var lastProblem: String?

    init(_ gatherer: Gatherer, _ logger: Logger) {
        self.gatherer = gatherer
        self.logger = logger
    }

    /// The metrics of this moment. Those of this process are beside vrrpd's alone: beside keepalived's there never were any.
    func families() async -> [MetricFamily] {
        let gatherer = gatherer
        // Apart from the tasks' own threads, because it waits.
        let result = try? await NIOThreadPool.singleton.runIfActive {
            Result { () throws(GatherError) in try gatherer.gather() }
        }
        var gathered: Gathered?
        var problem: String?
        switch result {
        case .success(.dumps(let report, insteadOf: let silence?))?:
            gathered = .dumps(report)
            problem = "\(silence); the metrics are those of dump files, without vrrpd's own"
        case .success(let answer)?: gathered = answer
        case .failure(let error)?: problem = "\(error)"
        case nil: break
        }
        if problem != lastProblem {
            if let problem { logger.warning("\(problem)") } else { logger.notice("The daemon answers again") }
            lastProblem = problem
        }
        let families = metrics.families(of: gathered)
        if case .status = gathered { return families + ProcessFamilies.families() }
        return families
    }
}
