import Benchmark
import HotPaths

/// Takes the time of each hot path.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .throughput], warmupIterations: 10, maxDuration: .seconds(2))
    for path in HotPath.all {
        // An operation of some nanoseconds is repeated within each iteration, and reported as one.
        let scale: BenchmarkScalingFactor = path.repetitions >= 1000 ? .kilo : .one
        nonisolated(unsafe) var body: (Int) -> Void = { _ in }
        Benchmark(path.name, configuration: .init(scalingFactor: scale)) { _ in
            body(scale.rawValue)
        } setup: {
            body = try path.prepared()
        }
    }
}
