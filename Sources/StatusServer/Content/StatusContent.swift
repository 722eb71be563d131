public import Telemetry

extension StatusServer {
    /// What the program behind the server has to say; each is asked anew for every request that wants it.
    public struct Content: Sendable {
        /// The metrics of this moment. Requests that come while it is under way share its result.
        public var metrics: @Sendable () async -> [MetricFamily]
        /// Whether the program works: what is not healthy is started anew. The state of others is no reason.
        public var health: @Sendable () async -> HealthReport
        /// Whether the program does its job now.
        public var readiness: @Sendable () async -> HealthReport
        /// What the page shows; without it there is a plain page with links instead.
        public var page: (any PageSource)?

        /// What is served.
        public init(
            metrics: @escaping @Sendable () async -> [MetricFamily],
            health: @escaping @Sendable () async -> HealthReport = { .healthy },
            readiness: @escaping @Sendable () async -> HealthReport = { .healthy }, page: (any PageSource)? = nil
        ) {
            self.metrics = metrics
            self.health = health
            self.readiness = readiness
            self.page = page
        }
    }
}
