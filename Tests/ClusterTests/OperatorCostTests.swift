import AsyncHTTPClient
import ClusterObjects
import Foundation
import JSONDocument
import KubernetesAPI
import KubernetesClient
import NIOCore
import enum NetworkLab.LoopbackPort
import Testing

extension OperatorSuites {
    /// What the program costs that `OPERATOR_COST_PROGRAM` names, built as it is shipped; `make bench-operator` runs it.
    @Suite("The cost of the operator", .enabled(if: ProgramUnderMeasure.path != nil, "only make bench-operator asks"))
    struct CostTests {
        private static let groups = 40
        private static let servicesOfGroup = 250

        @Test("10,000 Services in 40 groups: from nothing, from cold, and one change", .timeLimit(.minutes(20)))
        func cost() async throws {
            let plane = try await OperatorControlPlane().get()
            try await plane.withClient { client in
                let namespace = try await plane.namespace(client)
                let services = Samples.services.objects(inside: namespace)
                try await make(namespace, client)
                let total = Double(Self.groups * Self.servicesOfGroup)

                let first = try await ProgramUnderMeasure(plane)
                let fromNothing = try await first.waiting {
                    $0.sum("vrrp_operator_writes_total", "VirtualRouter") >= total
                }
                // What else there is to write: a DaemonSet for each group and what belongs to it.
                _ = try await first.settled()
                let firstCosts = try await first.metrics()
                first.stop()

                let second = try await ProgramUnderMeasure(plane)
                let fromCold = try await second.waiting { metrics in
                    metrics.sum("vrrp_operator_reconciles_total") >= Double(Self.groups)
                        && metrics.sum("vrrp_operator_group_virtual_routers") == total
                }
                let before = try await second.settled()
                #expect(before.sum("vrrp_operator_writes_total") == 0, "nothing has changed")

                let changes = 100
                for number in 0..<changes {
                    let address = JSONValue.string("10.200.\(number / 200).\(number % 200 + 1)")
                    _ = try await client.merge(
                        AnyJSON(["spec": ["externalIPs": [address]]]), into: "s\(number % Self.groups)-\(number)",
                        in: services, as: tester)
                }
                _ = try await second.waiting { $0.sum("vrrp_operator_writes_total") >= Double(changes) }
                let after = try await second.settled()
                #expect(
                    after.sum("vrrp_operator_writes_total") == Double(changes), "a write for each change, and no other")
                let looks = after.sum("vrrp_operator_reconciles_total") - before.sum("vrrp_operator_reconciles_total")
                #expect(looks <= Double(changes), "what the operator wrote itself is no news")
                let work =
                    (after.sum("process_cpu_seconds_total") - before.sum("process_cpu_seconds_total")) / Double(changes)
                let memory = [firstCosts, after].map { $0.sum("process_resident_memory_bytes") / Double(1 << 20) }
                second.stop()

                print(
                    """
                    operator, \(Int(total)) Services in \(Self.groups) groups:
                      from nothing, every router written   \(fromNothing), \(firstCosts.sum("process_cpu_seconds_total")) s of processor time, \(Int(memory[0])) MiB
                      from cold, nothing to write          \(fromCold), \(before.sum("process_cpu_seconds_total")) s of processor time, \(Int(memory[1])) MiB
                      one changed Service                  \(work * 1000) ms of processor time, one write
                    """)
                #expect(fromCold <= .seconds(10))
                #expect(memory.allSatisfy { $0 <= 200 })
                #expect(work <= 0.010)
            }
        }

        private func make(_ namespace: String, _ client: APIClient) async throws {
            let services = Samples.services.objects(inside: namespace)
            for number in 0..<Self.groups {
                // A link of its own, for identifiers of groups that share one are shared.
                var group = Samples.group("g\(number)", namespace)
                group.spec?.interface = "eth\(number)"
                try await client.create(group, in: KeepalivedGroup.inside(namespace), as: tester)
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    // Named so that the first hundred are spread over all groups.
                    for index in 0..<Self.servicesOfGroup {
                        var service = Samples.service(
                            "s\(number)-\(number + index * Self.groups)", namespace, in: "\(namespace)/g\(number)",
                            ["10.\(number).0.\(index + 1)"])
                        // A load balancer takes a node port, and there are fewer of those.
                        service["spec", "type"] = "ClusterIP"
                        let made = service
                        tasks.addTask { try await client.create(made, in: services, as: tester) }
                        if index % 32 == 31 { try await tasks.waitForAll() }
                    }
                    try await tasks.waitForAll()
                }
            }
        }
    }
}

/// A vrrp-operator that runs as a program, and what it says of itself.
private struct ProgramUnderMeasure {
    static let path = ProcessInfo.processInfo.environment["OPERATOR_COST_PROGRAM"]

    private let program: Program
    private let address: String
    private let start = ContinuousClock.now

    init(_ plane: ControlPlane) async throws {
        let kubeconfig = plane.folder.appending(path: "operator.kubeconfig")
        try plane.kubeconfig(token: "robot-token").write(to: kubeconfig, atomically: true, encoding: .utf8)
        address = "127.0.0.1:\(try LoopbackPort.free())"
        program = try Program(
            try #require(Self.path),
            [
                "--kubeconfig", kubeconfig.path, "--metrics-bind-address", address, "--health-probe-bind-address", "0",
                "--image", "example/vrrp:1",
            ], log: plane.folder.appending(path: "operator.log"))
    }

    func metrics() async throws -> ScrapedMetrics {
        let request = HTTPClientRequest(url: "http://\(address)/metrics")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        return ScrapedMetrics(String(buffer: try await response.body.collect(upTo: 16 << 20)))
    }

    /// How long after its start a condition held for the first time.
    func waiting(_ condition: (ScrapedMetrics) -> Bool) async throws -> Duration {
        while start.duration(to: .now) < .seconds(600) {
            if let metrics = try? await metrics(), condition(metrics) { return start.duration(to: .now) }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Program.Failure(description: "the operator did not get there within ten minutes")
    }

    /// What it says when it has written nothing for a while.
    func settled() async throws -> ScrapedMetrics {
        var last = try await metrics()
        while true {
            try await Task.sleep(for: .seconds(5))
            let next = try await metrics()
            let isStill = next.sum("vrrp_operator_writes_total") == last.sum("vrrp_operator_writes_total")
            if isStill, next.sum("vrrp_operator_queue_depth") == 0 { return next }
            last = next
        }
    }

    func stop() { program.kill() }
}

/// Metrics as a server wrote them.
private struct ScrapedMetrics {
    private let lines: [Substring]

    init(_ text: String) { lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") } }

    /// The sum of all series of a family that have a text among their labels.
    func sum(_ name: String, _ label: String = "") -> Double {
        lines.filter { line in
            let rest = line.dropFirst(name.count)
            return line.hasPrefix(name) && (rest.first == "{" || rest.first == " ")
                && (label.isEmpty || line.contains(label))
        }.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    }
}
