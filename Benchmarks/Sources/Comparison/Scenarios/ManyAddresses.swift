import NetworkLab
import VRRP

/// 255 routers with 40 addresses each change their node at once.
struct ManyAddresses: Scenario {
    static let name = "many-addresses"
    var rounds: Int
    var contestants: [Contestant]

    func play(_ contestant: Contestant) async throws -> [(Measure, [Double])] {
        let routers = RouterSet(
            routers: 255, addressesOfEach: 40, intervalMilliseconds: 100, realTimePriority: 50)
        return try await Bed.with { bed in
            let log = try await bed.listen()
            let daemons = try await bed.start(contestant, routers)
            _ = try await log.waitUntilSettled(routers)
            try await Task.sleep(for: .seconds(8))
            log.forget()
            let clocks = ClockRelation()
            let moment = Double(Timestamp.now.nanoseconds)
            daemons[0].kill()
            let addresses = routers.routers * routers.addressesOfEach
            try await log.wait(for: "announcement of \(addresses) addresses", within: .seconds(60)) {
                $0.firstAnnouncements(of: 1, since: moment).count == addresses
            }
            try await Task.sleep(for: .seconds(1))
            let steady = clocks.conversion()
            try log.close()
            let adverts = log.adverts(of: 1, since: moment)
            guard let decision = adverts.values.compactMap(\.first).min(),
                let last = log.firstAnnouncements(of: 1, since: moment).values.max()
            else { throw ComparisonError("nobody took over") }
            let meanwhile = adverts.values.flatMap { times in
                Schedule.lateness(
                    of: times.filter { $0 <= last + routers.interval }.map(steady), interval: routers.interval)
            }
            return [(.manyAddresses, [last - decision]), (.manyAddressesLateness, [meanwhile.max() ?? .nan])]
        }
    }
}
