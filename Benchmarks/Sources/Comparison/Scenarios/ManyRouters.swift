import NetworkLab

/// 4,080 routers on 16 interfaces beside 255 on one: what each of them costs.
struct ManyRouters: Scenario {
    static let name = "many-routers"
    var rounds: Int
    let window: Duration

    var contestants: [Contestant] { [.vrrpd] }

    func play(_ contestant: Contestant) async throws -> [(Measure, [Double])] {
        let few = try await costOfEach(contestant, RouterSet(routers: 255, intervalMilliseconds: 1000))
        let many = try await costOfEach(contestant, RouterSet(routers: 4080, intervalMilliseconds: 1000))
        return [(.manyRouters, [many / few])]
    }

    private func costOfEach(_ contestant: Contestant, _ routers: RouterSet) async throws -> Double {
        try await Bed.with(interfaces: routers.interfaces.count) { bed in
            let daemons = try await bed.start(contestant, routers)
            try await Task.sleep(for: .seconds(14))
            let held = try await bed.nodes[0].run("ip", ["-oneline", "addr", "show"], within: .seconds(30))
            let count = held.split(separator: "\n").count { $0.contains(" inet 10.128.") }
            guard count == routers.routers else {
                throw ComparisonError("the active node has \(count) of \(routers.routers) addresses")
            }
            let shares = try await processorShare(of: [daemons[0]]) { try await Task.sleep(for: window) }
            return shares[0] / Double(routers.routers)
        }
    }
}
