import NetworkLab

/// 255 active routers, and a reload each second that adds one router or takes it away again: does memory grow?
struct Soak: Scenario {
    static let name = "soak"
    var rounds: Int { 1 }
    let duration: Duration

    var contestants: [Contestant] { [.vrrpd] }

    func play(_ contestant: Contestant) async throws -> [(Measure, [Double])] {
        let all = RouterSet(routers: 255, intervalMilliseconds: 100, priority: Bed.priorities[0])
        let texts = [all.with(routers: 254).text, all.text]
        return try await Bed.with { bed in
            let log = try await bed.listen()
            let daemon = try await bed.start(contestant, on: 0, all)
            try await log.wait(for: "255 active routers", within: .seconds(90)) { $0.adverts(of: 0).count == 255 }
            try log.close()
            try await Task.sleep(for: .seconds(6))
            var memory: [Double] = []
            let clock = ContinuousClock()
            let start = clock.now
            for reload in 0..<Int(duration.inSeconds) {
                try daemon.reload(texts[reload % 2])
                try await Task.sleep(until: start + .seconds(reload + 1), clock: clock)
                memory.append(try daemon.account().memory)
            }
            let quarter = max(1, memory.count / 4)
            let growth =
                Statistic.median.of(memory.suffix(quarter)) - Statistic.median.of(Array(memory.prefix(quarter)))
            return [(.soakMemory, memory), (.soakGrowth, [growth])]
        }
    }
}
