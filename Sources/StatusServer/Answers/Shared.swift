import Telemetry

/// Gathers the metrics; those who ask while that is under way share its result.
actor SharedScrape {
    private let gather: @Sendable () async -> [MetricFamily]
    private var underWay: Task<[MetricFamily], Never>?

    init(_ gather: @escaping @Sendable () async -> [MetricFamily]) { self.gather = gather }

    /// The families of this moment.
    func families() async -> [MetricFamily] {
        if let underWay { return await underWay.value }
        let gather = gather
        let task = Task { await gather() }
        underWay = task
        defer { underWay = nil }
        return await task.value
    }
}
