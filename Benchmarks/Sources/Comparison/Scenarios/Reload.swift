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
            try await Task.sleep(for: .seconds(3))
            let moment = Double(Timestamp.now.nanoseconds)
            try daemons[0].reload(all.with(priority: Bed.priorities[0]).text)
            try await Task.sleep(for: .seconds(4))
            let steady = clocks.conversion()
            try log.close()
            guard daemons[0].process.exitStatus == nil else { throw ComparisonError("the daemon ended by the reload") }
            let heard = log.adverts(of: 0)
            let others = (0..<most.routers).map { heard[RouterSet.identifier($0)] ?? [] }
            let late = others.flatMap { times in
                let late = Schedule.lateness(of: times.map(steady), interval: all.interval)
                return zip(times, late).filter { abs($0.0 - moment) < 1e9 }.map(\.1)
            }
            return [
                (.reloadShift, others.map { Self.shift($0, around: moment, steady, interval: all.interval) }),
                (.reloadLateness, late),
            ]
        }
    }

    /// How far the phase of a router's adverts after the reload lies from that before, both as medians.
    ///
    /// The first second after the reload does not count: it is when a router joins. One advert that is missing moves
    /// those behind it by an interval; a router that falls silent counts as silent for all of the time.
    private static func shift(
        _ times: [Double], around moment: Double, _ steady: (Double) -> Double, interval: Double
    ) -> Double {
        guard let first = times.first else { return 7e9 }
        let residuals = times.enumerated().map { ($1, steady($1) - steady(first) - Double($0) * interval) }
        let before = residuals.filter { $0.0 < moment }.map(\.1)
        let after = residuals.filter { $0.0 > moment + 1e9 }.map(\.1)
        guard !before.isEmpty, !after.isEmpty else { return 7e9 }
        return abs(Statistic.median.of(after) - Statistic.median.of(before))
    }
}
