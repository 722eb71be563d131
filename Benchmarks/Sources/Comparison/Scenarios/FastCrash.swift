import NetworkLab

/// One router at the shortest interval; its active node is killed again and again.
struct FastCrash: Scenario {
    static let name = "crash"
    static let routers = RouterSet(routers: 1, intervalMilliseconds: 10, realTimePriority: 50)
    var rounds: Int
    /// How often the active node dies in a round.
    let crashes: Int

    func play(_ contestant: Contestant) async throws -> [(Measure, [Double])] {
        try await Bed.with { bed in
            let log = try await bed.listen()
            var daemons = try await bed.start(contestant, Self.routers)
            _ = try await log.waitUntilSettled(Self.routers)
            var delays: [Double] = []
            for crash in 0..<crashes {
                // The crash is to meet any phase of the interval, and steady state.
                try await Task.sleep(for: .milliseconds(100) + .microseconds(crash * 7_919 % 10_000))
                log.forget()
                try await Task.sleep(for: .milliseconds(30))
                daemons[0].kill()
                let moment = Double(Timestamp.now.nanoseconds)
                try await log.wait(for: "take-over", within: .seconds(5), every: .milliseconds(5)) {
                    !$0.firstAnnouncements(of: 1, since: moment).isEmpty
                }
                guard let last = log.adverts(of: 0).values.joined().max(),
                    let announced = log.firstAnnouncements(of: 1, since: last).values.min()
                else { throw ComparisonError("the dead node was not heard before its death") }
                delays.append(announced - last)
                // It comes back, and takes over again by its priority.
                _ = try await daemons[0].process.waitForExit()
                log.forget()
                daemons[0] = try await bed.start(contestant, on: 0, Self.routers)
                _ = try await log.waitUntilSettled(Self.routers)
            }
            return [(.crashAt10ms, delays)]
        }
    }
}
