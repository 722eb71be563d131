import NetworkLab

/// How exactly an active router keeps to its schedule, with real-time priority.
struct Lateness: Scenario {
    static let name = "lateness"
    var rounds: Int
    /// How long adverts are watched, each time.
    let window: Duration

    /// keepalived has no schedule: it counts each interval from when the last advert went out.
    var contestants: [Contestant] { [.vrrpd] }

    func play(_ contestant: Contestant) async throws -> [(Measure, [Double])] {
        let one = RouterSet(routers: 1, intervalMilliseconds: 10, realTimePriority: 50)
        let idle = try await lateness(contestant, one, isBusy: false)
        let busy = try await lateness(contestant, one, isBusy: true)
        let many = RouterSet(routers: 255, intervalMilliseconds: 100, realTimePriority: 50)
        let manyIdle = try await lateness(contestant, many, isBusy: false)
        return [(.latenessIdle, idle), (.latenessBusy, busy), (.latenessOf255, manyIdle)]
    }

    private func lateness(
        _ contestant: Contestant, _ routers: RouterSet, isBusy: Bool
    ) async throws -> [Double] {
        try await Bed.with { bed in
            let log = try await bed.listen()
            let daemons = try await bed.start(contestant, routers)
            _ = try await log.waitUntilSettled(routers)
            try await Task.sleep(for: .seconds(6))
            var load: [LabProcess] = []
            for _ in 0..<(isBusy ? 2 : 0) {
                // It ends by itself, whatever becomes of this program.
                let seconds = Int(window.inSeconds) + 10
                load.append(try await bed.nodes[1].start("timeout", ["\(seconds)", "sh", "-c", "while :; do :; done"]))
            }
            if isBusy { try await Task.sleep(for: .seconds(1)) }
            log.forget()
            let clocks = ClockRelation()
            try await Task.sleep(for: window)
            let steady = clocks.conversion()
            try log.close()
            for process in load { process.killSession() }
            guard daemons[0].process.exitStatus == nil else { throw ComparisonError("the active daemon has ended") }
            return log.adverts(of: 0).values.flatMap {
                Schedule.lateness(of: $0.map(steady), interval: routers.interval)
            }
        }
    }
}
