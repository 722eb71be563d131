import EngineMetrics
import KeepalivedExporter
import Logging
import NIOPosix
import Telemetry

/// Gathers for scrapes.
actor Collector {
    private let gatherer: Gatherer
    private let logger: Logger
    /// Why the last one failed, so that the log tells changes alone.
    private var lastProblem: GatherError?

    init(_ gatherer: Gatherer, _ logger: Logger) {
        self.gatherer = gatherer
        self.logger = logger
    }

    /// The metrics of this moment.
    func families() async -> [MetricFamily] {
        let gatherer = gatherer
        // Apart from the tasks' own threads, because it waits.
        let result = try? await NIOThreadPool.singleton.runIfActive {
            Result { () throws(GatherError) in try gatherer.instances() }
        }
        var instances: [InstanceRecord]?
        var problem: GatherError?
        switch result {
        case .success(let gathered)?: instances = gathered
        case .failure(let error)?: problem = error
        case nil: break
        }
        if problem != lastProblem {
            if let problem { logger.warning("\(problem)") } else { logger.notice("The daemon answers again") }
            lastProblem = problem
        }
        return KeepalivedFamilies.families(of: instances)
    }
}
