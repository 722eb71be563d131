import KeepalivedExporter
import Logging
import NIOPosix
import Telemetry

/// Gathers for scrapes; those that come while one is under way share its answer.
actor Collector {
    private let gatherer: Gatherer
    private let logger: Logger
    private var underWay: Task<String, Never>?
    /// Why the last one failed, so that the log tells changes alone.
    private var lastProblem: GatherError?

    init(_ gatherer: Gatherer, _ logger: Logger) {
        self.gatherer = gatherer
        self.logger = logger
    }

    /// The metrics as text.
    func text() async -> String {
        if let underWay { return await underWay.value }
        let task = Task { await gather() }
        underWay = task
        defer { underWay = nil }
        return await task.value
    }

    private func gather() async -> String {
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
        return PrometheusText.text(of: KeepalivedFamilies.families(of: instances))
    }
}
