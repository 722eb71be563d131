import Foundation
import Glibc
import NetworkLab
import VRRP

/// What happens in the demonstration of a folder of manifests, act by act.
struct ManifestStory: Story {
    let stage: Stage
    /// The folder of the example.
    let example: String

    /// The folder that all hosts have.
    private var folder: String { "\(stage.client.directory)/manifests" }
    private static let webFile = "web.yaml"
    private static let newAddress = IPAddress.v4(IPv4Address(192, 0, 2, 102))

    func play() async throws {
        try FileManager.default.copyItem(atPath: example, toPath: folder)
        let web = try read(Self.webFile)
        stage.screen.line(
            """
            Three hosts and a client on one bridge. Each host runs vrrpd and vrrp-agent, and all have a folder of manifests
            like those of a cluster, deploy/examples/manifests: a KeepalivedGroup, three Nodes and two Services. One of them:

            """)
        quote(web.trimmingCharacters(in: .newlines))
        try await start()
        try await losePower()
        try await add(to: web)
        try await spoil()
        try await remove()
        try await end()
    }

    private func start() async throws {
        act("the hosts start, and agree on identifiers, priorities and owners without a word to each other")
        for node in stage.nodes {
            stage.note(node.name, "starts vrrp-agent")
            try await node.startAgent(manifests: folder)
        }
        try await stage.watch(until: "the agents to plan three virtual routers") {
            try stage.nodes.allSatisfy { try routers(of: $0).count == 3 }
        }
        stage.routers = try routers(of: stage.nodes[0])
        for node in stage.nodes where try routers(of: node).map(\.identifier) != stage.routers.map(\.identifier) {
            throw DemonstrationError.unexpectedPlan("other identifiers on \(node.name)")
        }
        for node in stage.nodes {
            stage.note(node.name, "starts vrrpd")
            try await node.startDaemon()
        }
        _ = try await stage.waitForOwners()
        stage.showOwnership()
        try await stage.watch(for: Self.readingTime)
    }

    private func losePower() async throws {
        let web = stage.routers[1]
        let old = try await stage.waitForOwners().first { $0.router.name == web.name }?.node
        guard let old else { throw DemonstrationError.unexpectedPlan("no owner of \(web.name)") }
        act("\(old.name) loses its power while the client sends 500 pings a second to \(web.address)")
        let position = stage.tap.frames.end
        let probes = try await stage.probing([web]) {
            stage.note(old.name, "loses its power: both programs are killed by SIGKILL, the interface is gone")
            _ = old.dismissDaemon(by: SIGKILL)
            old.hasPower = false
            try await stage.lab.removeInterface(of: old.host)
            _ = try await stage.waitForOwners()
        }
        stage.showOwnership()
        let new = try await stage.waitForOwners().first { $0.router.name == web.name }?.node
        guard let new else { throw DemonstrationError.unexpectedPlan("no owner of \(web.name)") }
        let handOver = try await stage.handOver(of: web, from: old, to: new, after: position)
        stage.show([(probes[0], old, new, handOver)], event: "take-over")
        try await stage.watch(for: Self.readingTime)
    }

    private func add(to web: String) async throws {
        act("somebody adds an address to \(Self.webFile)")
        quote("  - \(Self.newAddress)")
        try write(web + "  - \(Self.newAddress)\n")
        let written = Timestamp.now
        try await stage.watch(until: "\(Self.newAddress) to be on one host") {
            try await holders(of: Self.newAddress).count == 1
        }
        let time = Timestamp.now - written
        guard let owner = try await holders(of: Self.newAddress).first else { return }
        stage.note(owner.name, "has \(Self.newAddress), \(time.inSecondsText) after the file was written")
        let pinger = try await Pinger.start(from: stage.client, to: "\(Self.newAddress)")
        try await pinger.waitForAnswer(within: .seconds(5))
        _ = try await pinger.stop()
        stage.note("client", "gets an answer from \(Self.newAddress)")
        try await stage.watch(for: Self.readingTime / 2)
    }

    private func spoil() async throws {
        act("somebody forgets a colon: nothing changes, and the log says where")
        guard let node = stage.nodes.first(where: { $0.hasPower }), let agent = node.agent else { return }
        let mistake = "  externalTrafficPolicy Local"
        quote(mistake)
        let position = agent.lines.end
        try write(try read(Self.webFile) + mistake + "\n")
        try await stage.watch(until: "the agent on \(node.name) to tell of the mistake") {
            agent.lines.entries(after: position).contains { $0.text.contains(Self.webFile) }
        }
        let line = agent.lines.entries(after: position).first { $0.text.contains(Self.webFile) }
        if let text = line?.text, let start = text.range(of: Self.webFile)?.lowerBound {
            stage.note(node.name, "vrrp-agent: \(text[start...])")
        }
        _ = try await stage.waitForOwners()
        stage.showOwnership()
        try await stage.watch(for: Self.readingTime)
    }

    private func remove() async throws {
        act("somebody deletes \(Self.webFile): its addresses go, and dns is not touched")
        try FileManager.default.removeItem(atPath: "\(folder)/\(Self.webFile)")
        let deleted = Timestamp.now
        stage.routers = Array(stage.routers.prefix(1))
        try await stage.watch(until: "the addresses of \(Self.webFile) to go") {
            for address in [FloatingRouter.web.address, FloatingRouter.web6.address, Self.newAddress] {
                if try await !holders(of: address).isEmpty { return false }
            }
            return true
        }
        let time = Timestamp.now - deleted
        _ = try await stage.waitForOwners()
        stage.showOwnership()
        explain("the addresses of web were gone \(time.inSecondsText) after the file was deleted")
        try await stage.watch(for: Self.readingTime / 2)
    }

    private func end() async throws {
        act("the others are stopped as well")
        for node in stage.nodes { try await stage.stop(node) }
        stage.screen.line()
    }

    private func read(_ name: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    }

    private func write(_ text: String) throws {
        try text.write(toFile: "\(folder)/\(Self.webFile)", atomically: true, encoding: .utf8)
    }

    private func holders(of address: IPAddress) async throws -> [Node] {
        var holders: [Node] = []
        for node in stage.nodes where try await node.holds(address) { holders.append(node) }
        return holders
    }

    /// The virtual routers that the agent of a host has planned.
    private func routers(of node: Node) throws -> [FloatingRouter] {
        // It writes the file as soon as it runs.
        guard let file = node.definitions, FileManager.default.fileExists(atPath: file) else { return [] }
        return try PlannedRouters(Data(contentsOf: URL(fileURLWithPath: file))).routers
    }
}
