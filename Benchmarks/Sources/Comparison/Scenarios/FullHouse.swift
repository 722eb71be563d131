import NetworkLab
import VRRP

/// Two nodes with 255 virtual routers: how long they take to start, what they cost, and what a crash costs.
struct FullHouse: Scenario {
    static let name = "full-house"
    let intervalMilliseconds: Int
    var rounds: Int
    /// How long the processor is watched.
    let window: Duration

    static func routers(_ intervalMilliseconds: Int) -> RouterSet {
        RouterSet(intervalMilliseconds: intervalMilliseconds)
    }

    func play(_ contestant: Contestant) async throws -> [(Measure, [Double])] {
        let routers = Self.routers(intervalMilliseconds)
        return try await Bed.with { bed in
            let start = Double(Timestamp.now.nanoseconds)
            let log = try await bed.listen()
            let daemons = try await bed.start(contestant, routers)
            let announced = try await log.waitUntilSettled(routers)
            try log.close()
            // What follows the start, such as the second round of announcements, is not what running costs.
            try await Task.sleep(for: .seconds(6))
            let shares = try await processorShare(of: daemons) { try await Task.sleep(for: window) }
            let memory = try daemons[0].account().memory
            guard intervalMilliseconds == 1000 else {
                return [
                    (.startAt100ms, [announced - start]), (.activeCPUAt100ms, [shares[0]]),
                    (.backupCPUAt100ms, [shares[1]]), (.memory, [memory]),
                ]
            }
            let crash = try await crash(daemons[0], bed, routers)
            return [
                (.startAt1s, [announced - start]), (.activeCPUAt1s, [shares[0]]), (.memory, [memory]),
                (.crashOf255, [crash]),
            ]
        }
    }

    /// Kills the active node; how long the slowest router was without announcement since its last advert.
    private func crash(_ active: RunningDaemon, _ bed: Bed, _ routers: RouterSet) async throws -> Double {
        let log = try await bed.listen()
        try await Task.sleep(for: .milliseconds(1200))
        let moment = Double(Timestamp.now.nanoseconds)
        active.kill()
        try await log.wait(for: "take-over of all routers", within: .seconds(15)) {
            $0.firstAnnouncements(of: 1, since: moment).count == routers.routers
        }
        try log.close()
        let last = log.adverts(of: 0).mapValues { $0.max() ?? 0 }
        let delays = log.firstAnnouncements(of: 1, since: moment).compactMap { address, time -> Double? in
            guard let router = RouterSet.place(of: address)?.router else { return nil }
            return last[RouterSet.identifier(router)].map { time - $0 }
        }
        guard delays.count == routers.routers else {
            throw ComparisonError("only \(delays.count) routers were heard before the crash")
        }
        return delays.max() ?? .nan
    }
}

extension WireLog {
    /// Waits until the first node is active for all routers, and the second for none, for three intervals.
    ///
    /// - Returns: When the last of the routers was first announced by the first node.
    func waitUntilSettled(_ routers: RouterSet) async throws -> Double {
        let margin = routers.interval * 3
        try await wait(for: "settlement of \(routers.routers) routers", within: .seconds(120)) { log in
            let now = Double(Timestamp.now.nanoseconds)
            guard log.firstAnnouncements(of: 0).count == routers.routers * routers.addressesOfEach else { return false }
            return log.adverts(of: 0, since: now - margin).count == routers.routers
                && log.adverts(of: 1, since: now - margin).isEmpty
        }
        return firstAnnouncements(of: 0).values.max() ?? .nan
    }
}
