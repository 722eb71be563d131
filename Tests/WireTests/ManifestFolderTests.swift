import Foundation
import NetworkLab
import Testing

@Suite("Hosts with a folder of manifests", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(3)))
struct ManifestFolderTests {
    private static let group = """
        apiVersion: redhatcop.redhat.io/v1alpha1
        kind: KeepalivedGroup
        metadata: {name: edge, namespace: ingress}
        spec: {interface: eth0}
        """

    private static let nodes = (1...3).map { number in
        """
        apiVersion: v1
        kind: Node
        metadata: {name: node\(number)}
        status: {addresses: [{type: InternalIP, address: 192.0.2.\(number)0}]}
        """
    }.joined(separator: "\n---\n")

    private static func service(_ name: String, _ address: String, _ spec: String = "") -> String {
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: \(name)
          namespace: shop
          annotations: {keepalived-operator.redhat-cop.io/keepalivedgroup: ingress/edge}
        spec:
          type: LoadBalancer
          loadBalancerIP: \(address)
          \(spec)
        """
    }

    /// The one host that has the address; waits until there is exactly one.
    private static func owner(
        of address: String, among nodes: [FolderNode], within timeout: Duration = .seconds(15)
    ) async throws -> FolderNode {
        let start = ContinuousClock.now
        while true {
            var holders: [FolderNode] = []
            for node in nodes where try await node.node.holds(address) { holders.append(node) }
            if let holder = holders.first, holders.count == 1 {
                // Where a busy machine let a worse one be faster, the better one takes over at once.
                try await Task.sleep(for: .milliseconds(500))
                var others = 0
                for node in nodes where node !== holder { others += try await node.node.holds(address) ? 1 : 0 }
                if try await holder.node.holds(address), others == 0 { return holder }
            }
            guard ContinuousClock.now - start < timeout else {
                throw LabError.timedOut(
                    waitingFor: "one owner of \(address)", within: timeout,
                    context: nodes.map { "\($0.agent.output)\n\($0.daemon.output)" }.joined(separator: "\n"))
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test("Addresses of a folder fail over, follow its edits, outlive a bad edit, and go with their manifest")
    func wholeWay() async throws {
        try await Lab.with { lab in
            let manifests = [
                "edge.yaml": Self.group, "nodes.yaml": Self.nodes, "web.yaml": Self.service("front", "192.0.2.100"),
            ]
            var nodes: [FolderNode] = []
            for number in 1...3 {
                let node = try await lab.node("node\(number)", UInt8(number * 10))
                nodes.append(try await FolderNode(node, manifests: manifests))
            }
            let first = try await Self.owner(of: "192.0.2.100", among: nodes)
            let identifiers = try nodes[0].routerIDs
            #expect(identifiers.count == 1)
            for node in nodes { #expect(try node.routerIDs == identifiers, "each has come to it alone") }

            // A node that falls silent is replaced.
            try await first.losePower(in: lab)
            nodes.removeAll { $0 === first }
            let second = try await Self.owner(of: "192.0.2.100", among: nodes, within: .seconds(5))

            // An edit takes effect where it is made.
            for node in nodes {
                try node.write("web.yaml", Self.service("front", "192.0.2.100", "externalIPs: [192.0.2.101]"))
            }
            let start = ContinuousClock.now
            let owner = try await Self.owner(of: "192.0.2.101", among: nodes, within: .seconds(10))
            let took = ContinuousClock.now - start
            #expect(owner === second)
            #expect(try await second.node.holds("192.0.2.100"))
            #expect(took < .milliseconds(1500 + 1500), "the second half is for a machine with other things to do")

            // A bad one has none but a line in the log.
            let generation = try second.generation
            for node in nodes { try node.write("web.yaml", Self.service("front", "192.0.2.100", "externalIPs: none")) }
            for node in nodes {
                try await node.agent.waitForLine(
                    containing:
                        "web.yaml, document 1, line 10: spec.externalIPs: \"none\" is not allowed; allowed is a list",
                    within: .seconds(15))
            }
            try await Task.sleep(for: .milliseconds(500))
            #expect(try second.generation == generation)
            for address in ["192.0.2.100", "192.0.2.101"] { #expect(try await second.node.holds(address)) }

            // Without its manifest an address goes.
            for node in nodes { try node.remove("web.yaml") }
            for node in nodes {
                try await node.node.waitUntil(holds: false, "192.0.2.100")
                try await node.node.waitUntil(holds: false, "192.0.2.101")
                try await node.waitUntilEmpty()
            }
        }
    }

    @Test("An agent that starts again writes nothing new, and one without a folder says so and ends")
    func startsAgain() async throws {
        try await Lab.with { lab in
            let manifests = [
                "edge.yaml": Self.group, "nodes.yaml": Self.nodes, "web.yaml": Self.service("front", "192.0.2.100"),
            ]
            let node = try await FolderNode(lab.node("node1", 10), manifests: manifests)
            _ = try await Self.owner(of: "192.0.2.100", among: [node])
            let generation = try node.generation
            try await node.restartAgent()
            try await Task.sleep(for: .seconds(2))
            #expect(try node.generation == generation)
            #expect(try await node.node.holds("192.0.2.100"))

            // Neither a bad file nor a folder that is empty when it starts takes anything down.
            try node.write("web.yaml", "a: b: c")
            try await node.restartAgent()
            try await node.agent.waitForLine(containing: "what was in force stays", within: .seconds(10))
            for name in manifests.keys { try node.remove(name) }
            try await node.restartAgent()
            try await node.agent.waitForLine(containing: "has no manifest", within: .seconds(10))
            try await Task.sleep(for: .seconds(1))
            #expect(try node.generation == generation)
            #expect(try await node.node.holds("192.0.2.100"))

            let lost = try await node.node.host.start(
                Programs.vrrpAgent,
                [
                    "--manifests", "/nowhere", "--state-directory", node.folder, "--control-socket", "/run/other.sock",
                    "--metrics-address", "127.0.0.1:9651",
                ])
            #expect(try await !lost.waitForExit(within: .seconds(10)).isSuccess)
            #expect(lost.output.contains("/nowhere: cannot be read: No such file or directory"), "\(lost.output)")
        }
    }

    @Test("The plan of a folder is shown, and kept in a file that other hosts use")
    func plan() async throws {
        try await Lab.with { lab in
            let host = try await lab.node("node1", 10).host
            let folder = "\(host.directory)/manifests"
            try await host.run("mkdir", [folder])
            for (name, text) in [
                (
                    "all.yaml",
                    [Self.group, Self.nodes, Self.service("front", "192.0.2.100")].joined(separator: "\n---\n")
                )
            ] {
                try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            }
            let plan = try await host.run(Programs.vrrpAgent, ["plan", "--manifests", folder])
            let row =
                #/ingress/edge +shop/front +([0-9]+) +3 +eth0 +192\.0\.2\.100 +node[1-3] 250, node[1-3] 226, node[1-3] 202/#
            let match = try #require(plan.firstMatch(of: row), "\(plan)")
            let file = try String(contentsOfFile: "\(folder)/router-ids.json", encoding: .utf8)
            #expect(file.contains(#""shop/front": \#(match.1)"#))
            // Root may write anywhere, but not into a folder that does not exist.
            let unwritten = try await host.start(
                Programs.vrrpAgent, ["plan", "--manifests", folder, "--router-ids", "\(folder)/none/router-ids.json"])
            #expect(try await !unwritten.waitForExit().isSuccess)
            #expect(unwritten.output.contains("error: \(folder)/none/router-ids.json cannot be written"))
            try "a: b: c".write(toFile: "\(folder)/bad.yaml", atomically: true, encoding: .utf8)
            let failure = try await host.start(Programs.vrrpAgent, ["plan", "--dry-run", "--manifests", folder])
            #expect(try await !failure.waitForExit().isSuccess)
            #expect(failure.output.contains("error: bad.yaml, document 1, line 1: mapping values are not allowed"))
            #expect(failure.output.contains(row), "what can be read is planned all the same")
        }
    }
}
