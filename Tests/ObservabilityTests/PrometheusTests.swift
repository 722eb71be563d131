import Testing

@Suite(
    "A real Prometheus that watches three nodes", .timeLimit(.minutes(5)),
    .enabled(if: Tool.prometheus.isInstalled, "prometheus is not installed"))
struct PrometheusTests {
    /// Asks until the answer is right, for a minute.
    private func eventually(_ claim: Comment, _ isSo: () async -> Bool) async {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if await isSo() { return }
            try? await Task.sleep(for: .milliseconds(200))
        }
        Issue.record(claim)
    }

    @Test("The alerts fire: a node killed and its place taken, two active at the same time, definitions not loaded")
    func alerts() async throws {
        var active = try SampleNode()
        active.pass(6)
        var backup = try SampleNode()
        backup.pass(6, hearing: [1, 2])
        let nodes = [try await ServedNode(active), try await ServedNode(backup), try await ServedNode(backup)]
        let instances = nodes.map { "127.0.0.1:\($0.port)" }
        let prometheus = try PrometheusProcess(scraping: nodes.map(\.port))
        defer { prometheus.stop() }

        await eventually("all three nodes are known, and the first one has both addresses") {
            let up = await prometheus.query("sum(vrrp_engine_up)")
            let owned = await prometheus.query("sum by (instance) (vrrp_address_active) == 2")
            return up?.first?.value == "3" && owned?.map(\.labels["instance"]) == [instances[0]]
        }
        await eventually("nothing fires while all is well") { await prometheus.firingAlerts().isEmpty }

        await nodes[0].kill()
        nodes[1].change { $0.pass(6) }
        nodes[2].change { node in
            node.loadError = "definitions.json:3:7: priority is 300; allowed is 1 to 255"
            node.pass(6, hearing: [2])
        }
        let expected: [(alert: String, label: String, value: String)] = [
            ("VRRPNodeGone", "instance", instances[0]), ("VRRPFailover", "instance", instances[1]),
            ("VRRPTwoActiveRouters", "address", "192.0.2.1"), ("VRRPDefinitionsNotLoaded", "instance", instances[2]),
        ]
        await eventually("each alert fires for whom it is about") {
            let firing = await prometheus.firingAlerts()
            return expected.allSatisfy { wanted in
                firing[wanted.alert]?.contains { $0[wanted.label] == wanted.value } == true
            }
        }
        // Between the last scrape of the node that is gone and the first that finds it so, its other address has two as well.
        await eventually("the other address has one owner, and none is without") {
            let firing = await prometheus.firingAlerts()
            return firing["VRRPTwoActiveRouters"]?.count == 1 && firing["VRRPNoActiveRouter"] == nil
        }
        for (panel, expression) in try Dashboard.queries() {
            #expect(await prometheus.query(expression) != nil, "\(panel): \(expression)")
        }
        for node in nodes { await node.kill() }
    }
}
