import Glibc
import NetworkLab

/// What happens in the demonstration of keepalived.conf, act by act.
struct ConfigurationStory: Story {
    let stage: Stage
    /// The file of the configuration that all hosts have.
    let configuration: String

    private var node1: Node { stage.nodes[0] }
    private var node2: Node { stage.nodes[1] }
    private var node3: Node { stage.nodes[2] }

    func play() async throws {
        stage.routers = FloatingRouter.ofConfiguration
        stage.screen.line(
            """
            Three hosts and a client on one bridge. Each host runs vrrpd with deploy/examples/keepalived.conf:
            VRRPv3, adverts every 100 ms, web and web6 at home on node1, dns on node2.
            """)
        try await startAlone()
        try await join()
        try await losePower()
        try await comeBack()
        try await stopInOrder()
        try await end()
    }

    private func startAlone() async throws {
        act("node1 starts alone, hears nobody and gets everything")
        stage.note("node1", "starts vrrpd")
        try await node1.start(configuration: configuration)
        try await stage.expect(Ownership((.web, node1), (.web6, node1), (.dns, node1)))
        try await stage.watch(for: Self.readingTime / 2)
    }

    private func join() async throws {
        act("node2 and node3 join; dns moves to the host with the highest priority for it")
        for node in [node2, node3] {
            stage.note(node.name, "starts vrrpd")
            try await node.start(configuration: configuration)
        }
        try await stage.expect(Ownership((.web, node1), (.web6, node1), (.dns, node2)))
        try await stage.watch(for: Self.readingTime)
    }

    private func losePower() async throws {
        act("node1 loses its power while the client sends 500 pings a second to each address")
        let position = stage.tap.frames.end
        let probes = try await stage.probing([.web, .web6]) {
            stage.note("node1", "loses its power: vrrpd is killed by SIGKILL, the interface is gone")
            _ = node1.dismissDaemon(by: SIGKILL)
            node1.hasPower = false
            try await stage.lab.removeInterface(of: node1.host)
            try await stage.expect(Ownership((.web, node2), (.web6, node3), (.dns, node2)))
        }
        let moves = [(from: node1, to: node2), (from: node1, to: node3)]
        var rows: [(probe: Probe, from: Node, to: Node, handOver: HandOver)] = []
        for (probe, move) in zip(probes, moves) {
            let handOver = try await stage.handOver(of: probe.router, from: move.from, to: move.to, after: position)
            guard !handOver.isResignation else { throw DemonstrationError.resigned(node1.name) }
            rows.append((probe, move.from, move.to, handOver))
        }
        stage.show(rows, event: "take-over")
        explain(
            """
            take-over: from node1's last advert to the first gratuitous ARP or neighbour advertisement
            of the new host, by the kernel's time stamps on the bridge
            """)
        try await stage.watch(for: Self.readingTime)
    }

    private func comeBack() async throws {
        act("node1 comes back: web preempts, web6 has nopreempt and stays on node3")
        let probes = try await stage.probing([.web, .web6]) {
            stage.note("node1", "has its power back and starts vrrpd")
            try await stage.lab.restoreInterface(of: node1.host)
            node1.hasPower = true
            try await node1.start(configuration: configuration)
            try await stage.expect(Ownership((.web, node1), (.web6, node3), (.dns, node2)))
        }
        let losses = probes.map { "\($0.report.lost) of \($0.report.sent) pings to \($0.router.name)" }
        explain("lost on the way back: " + losses.joined(separator: ", "))
        try await stage.watch(for: Self.readingTime)
    }

    private func stopInOrder() async throws {
        act("node1 is stopped in order, by SIGTERM, while the client sends 1000 pings a second")
        let position = stage.tap.frames.end
        let probes = try await stage.probing([.web], every: .milliseconds(1)) {
            stage.note("node1", "gets SIGTERM")
            try await stage.stop(node1)
            stage.note("node1", "vrrpd has ended with exit status 0")
            try await stage.expect(Ownership((.web, node2), (.web6, node3), (.dns, node2)))
        }
        let handOver = try await stage.handOver(of: .web, from: node1, to: node2, after: position)
        guard !handOver.isResignation else { throw DemonstrationError.resigned(node1.name) }
        guard handOver.offers > 0 else { throw DemonstrationError.didNotOffer(node1.name) }
        stage.show([(probes[0], node1, node2, handOver)], event: "hand-over")
        explain(
            """
            node1 advertised priority 1 and stayed active until it heard node2, and kept the address 100 ms longer;
            hand-over: from its last advert of priority 150 to node2's first gratuitous ARP
            """)
        try await stage.watch(for: Self.readingTime)
    }

    private func end() async throws {
        act("the others are stopped as well")
        for node in [node2, node3] { try await stage.stop(node) }
        stage.screen.line()
    }
}
