import NetworkLab
import Testing

/// Two groups of a cluster that share a node have a daemon each there, in the one network namespace of the host.
@Suite("Two daemons in one network namespace", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(2)))
struct SharedNodeTests {
    /// What one of the daemons has: an address that refuses packets, and a route and a rule that come with it.
    private struct Share {
        var number: Int

        var name: String { "vrrpd-\(number)" }
        var router: String { "VI_\(number)" }
        var address: String { "192.0.2.\(100 + number)" }
        var route: String { "198.51.\(100 + number).0/24" }

        func instance(priority: Int) -> KeepalivedInstance {
            let lines = [
                "no_accept", "virtual_routes {", "    \(route) dev eth0", "}", "virtual_rules {",
                "    from \(address) table 5 priority \(500 + number)", "}",
            ]
            return KeepalivedInstance(
                name: router, id: 50 + number, priority: priority, interval: "0.1", addresses: [address], lines: lines)
        }

        func configuration(priority: Int = 150) -> VRRPDaemon.Configuration {
            .keepalived(KeepalivedInstance.file(instance(priority: priority)))
        }

        func start(on node: LabNode) async throws -> VRRPDaemon {
            let daemon = try await VRRPDaemon.start(on: node.host, configuration(), named: name)
            try await daemon.waitForState(.active, of: router)
            try await waitUntilComplete(on: node)
            return daemon
        }

        /// Whether the node has all of it; the packet filter counts for its address.
        func isComplete(on node: LabNode) async throws -> Bool {
            let host = node.host
            let rules = try await host.ip("rule")
            let tables = try await host.run("nft", ["list", "ruleset"])
            let routes = try await host.ip("route")
            let holds = try await node.holds(address)
            return holds && routes.contains(route) && rules.contains("\(500 + number):") && tables.contains(address)
        }

        func waitUntilComplete(on node: LabNode) async throws {
            let start = ContinuousClock.now
            while try await !isComplete(on: node) {
                guard ContinuousClock.now - start < .seconds(10) else {
                    throw LabError.timedOut(waitingFor: "all of \(router)", within: .seconds(10), context: "")
                }
                try await Task.sleep(for: .milliseconds(50))
            }
        }

        /// Whether nothing was taken from the daemon since it was started, even for a moment.
        func expectUndisturbed(_ daemon: VRRPDaemon, on node: LabNode, _ after: String) async throws {
            #expect(try await isComplete(on: node), "after \(after)")
            let router = try await daemon.status().router(router)
            #expect(router.state == .active, "after \(after)")
            #expect(router.counter("addresses-restored") == 0, "after \(after)")
            #expect(!daemon.process.output.contains("put back"), "after \(after)")
        }
    }

    @Test("Each keeps what it has through start, reload, death, return and end of the other one")
    func leaveEachOtherAlone() async throws {
        try await Lab.with { lab in
            let node = try await lab.node("dut", 10)
            let (one, two) = (Share(number: 1), Share(number: 2))
            let first = try await one.start(on: node)
            var second = try await two.start(on: node)
            try await one.expectUndisturbed(first, on: node, "the start of the other one")
            try await two.expectUndisturbed(second, on: node, "its own start")
            let tables = try await node.host.run("nft", ["list", "tables"])
            #expect(tables.split(separator: "\n").sorted() == ["table inet vrrpd", "table inet vrrpd-113"])
            #expect(try await node.host.ip("route").contains("\(two.route) dev eth0 proto 113"))

            try second.reload(two.configuration(priority: 160))
            try await second.process.waitForLine(containing: "\(two.router): priority 150 → 160", within: .seconds(15))
            try first.reload(one.configuration(priority: 160))
            try await first.process.waitForLine(containing: "\(one.router): priority 150 → 160", within: .seconds(15))
            try await one.expectUndisturbed(first, on: node, "reloads")
            try await two.expectUndisturbed(second, on: node, "reloads")

            second.kill()
            _ = try await second.process.waitForExit()
            try await one.expectUndisturbed(first, on: node, "the death of the other one")
            second = try await two.start(on: node)
            #expect(second.process.output.contains("2 routes and rules were left behind"))
            #expect(second.process.output.contains("\(two.address) on eth0 was left behind"))
            try await one.expectUndisturbed(first, on: node, "the return of the other one")

            first.kill()
            _ = try await first.process.waitForExit()
            let third = try await one.start(on: node)
            #expect(third.process.output.contains("2 routes and rules were left behind"))
            try await two.expectUndisturbed(second, on: node, "death and return of the first one")

            #expect(try await second.stop() == .exited(0))
            try await node.waitUntil(holds: false, two.address)
            #expect(try await !node.host.ip("route").contains(two.route))
            try await one.expectUndisturbed(third, on: node, "the end of the other one")
        }
    }

    @Test("New definitions that name an address of a daemon which came later leave it there")
    func addressOfNewcomer() async throws {
        try await Lab.with { lab in
            let node = try await lab.node("dut", 10)
            let (one, two) = (Share(number: 1), Share(number: 2))
            let first = try await one.start(on: node)
            let second = try await two.start(on: node)
            // A backup for as long as the test looks.
            let claim = KeepalivedInstance(
                name: "VI_9", id: 59, priority: 50, interval: "10", addresses: [two.address], lines: [])
            try first.reload(.keepalived(KeepalivedInstance.file(one.instance(priority: 150), claim)))
            try await first.waitForState(.backup, of: "VI_9")
            try await Task.sleep(for: .milliseconds(500))
            #expect(!first.process.output.contains("\(two.address) on eth0 was left behind"))
            try await one.expectUndisturbed(first, on: node, "its own reload")
            try await two.expectUndisturbed(second, on: node, "the reload of the other one")
        }
    }

    @Test("The packet filter of a dead daemon goes although somebody has taken its addresses off")
    func filterWithoutAddresses() async throws {
        try await Lab.with { lab in
            let node = try await lab.node("dut", 10)
            let (one, two) = (Share(number: 1), Share(number: 2))
            let first = try await one.start(on: node)
            let second = try await two.start(on: node)
            for daemon in [first, second] {
                daemon.kill()
                _ = try await daemon.process.waitForExit()
            }
            for address in [one.address, two.address] {
                _ = try await node.host.ip("address delete \(address)/32 dev eth0")
            }
            let last = try await one.start(on: node)
            #expect(!last.process.output.contains("on eth0 was left behind"))
            let tables = try await node.host.run("nft", ["list", "tables"])
            #expect(tables.split(separator: "\n") == ["table inet vrrpd"])
            let rules = try await node.host.run("nft", ["list", "ruleset"])
            #expect(rules.contains(one.address) && !rules.contains(two.address))
        }
    }

    @Test("What two daemons left behind that died goes when one of them returns")
    func onlyOneReturns() async throws {
        try await Lab.with { lab in
            let node = try await lab.node("dut", 10)
            let (one, two) = (Share(number: 1), Share(number: 2))
            let daemons = [try await one.start(on: node), try await two.start(on: node)]
            for daemon in daemons {
                daemon.kill()
                _ = try await daemon.process.waitForExit()
            }
            let last = try await one.start(on: node)
            #expect(last.process.output.contains("4 routes and rules were left behind"))
            #expect(try await !node.holds(two.address))
            #expect(try await !node.host.ip("route").contains(two.route))
            #expect(try await !node.host.ip("rule").contains("502:"))
            let tables = try await node.host.run("nft", ["list", "ruleset"])
            #expect(tables.contains(one.address) && !tables.contains(two.address))
        }
    }
}
