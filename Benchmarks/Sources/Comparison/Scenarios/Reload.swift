import NetworkLab

/// A reload adds one router to 254 active ones: how far the adverts of the others move.
struct Reload: Scenario {
    static let name = "reload"
    var rounds: Int

    func play(_ contestant: Contestant) async throws -> [(Measure, [Double])] {
        let all = RouterSet(routers: 255, intervalMilliseconds: 100, realTimePriority: 50)
        let most = all.with(routers: 254)
        return try await Bed.with { bed in
            let log = try await bed.listen()
            let daemons = try await bed.start(contestant, most)
            _ = try await log.waitUntilSettled(most)
            try await Task.sleep(for: .seconds(6))
            log.forget()
            let clocks = ClockRelation()
            try await Task.sleep(for: .seconds(2))
            try daemons[0].reload(all.with(priority: Bed.priorities[0]).text)
            try await Task.sleep(for: .seconds(3))
            let steady = clocks.conversion()
            try log.close()
            guard daemons[0].process.exitStatus == nil else { throw ComparisonError("the daemon ended by the reload") }
            let heard = log.adverts(of: 0)
            return [
                (
                    .reloadShift,
                    (0..<most.routers).map { router in
                        Self.shift(
                            (heard[RouterSet.identifier(router)] ?? []).map(steady), interval: all.interval)
                    }
                )
            ]
        }
    }

    /// How far one advert lies from where the median phase of all expects it, at most.
    ///
    /// One that is missing moves those behind it by an interval; a router that is not heard at all counts as silent for
    /// all of the time.
    private static func shift(_ times: [Double], interval: Double) -> Double {
        guard let first = times.first else { return 5e9 }
        let residuals = times.enumerated().map { $1 - first - Double($0) * interval }
        let median = Statistic.median.of(residuals)
        return residuals.map { abs($0 - median) }.max() ?? interval
    }
}
