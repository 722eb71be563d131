import NetworkLab

/// The active node is stopped in order while a client sends a thousand pings a second.
struct PlannedStop: Scenario {
    static let name = "planned-stop"
    /// Who takes over; nil for the same contestant.
    let successor: Contestant?
    var rounds: Int

    var contestants: [Contestant] { successor == nil ? Contestant.allCases : [.vrrpd] }

    func play(_ contestant: Contestant) async throws -> [(Measure, [Double])] {
        let routers = RouterSet(routers: 1, intervalMilliseconds: 1000)
        return try await Bed.with(hasClient: true) { bed in
            guard let client = bed.client else { throw ComparisonError("there is no client") }
            let log = try await bed.listen()
            let backup = try await bed.start(successor ?? contestant, on: 1, routers)
            let active = try await bed.start(contestant, on: 0, routers)
            _ = try await log.waitUntilSettled(routers)
            // keepalived announces once more after five seconds; a stop is not to be helped by that.
            try await Task.sleep(for: .seconds(7))
            let address = "\(RouterSet.address(0, of: 0))"
            let pinger = try await Pinger.start(from: client, to: address, every: .milliseconds(1))
            try await pinger.waitForAnswer(within: .seconds(5))
            try await Task.sleep(for: .seconds(1))
            let moment = Double(Timestamp.now.nanoseconds)
            active.terminate()
            try await log.wait(for: "hand-over", within: .seconds(20)) {
                !$0.firstAnnouncements(of: 1, since: moment).isEmpty
            }
            _ = try await active.process.waitForExit(within: .seconds(20))
            try await Task.sleep(for: .seconds(1))
            let report = try await pinger.stop()
            try log.close()
            guard backup.process.exitStatus == nil else { throw ComparisonError("the backup daemon has ended") }
            // Where every probe was answered nothing was without an owner, however long ping itself paused. Else the
            // silence beyond the millisecond between two probes is what it was.
            let lost = Double(max(0, report.lost))
            let silence = lost == 0 ? 0 : max(0, report.longestGap.length / .nanoseconds(1) - 1e6)
            return successor == nil
                ? [(.plannedStop, [silence]), (.plannedStopLoss, [lost])]
                : [(.plannedStopToKeepalived, [silence]), (.plannedStopToKeepalivedLoss, [lost])]
        }
    }
}
