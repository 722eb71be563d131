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
                    try $0.sum("vrrp_operator_writes_total", ["kind": "VirtualRouter", "result": "success"]) >= total
                }
                // What else there is to write: a DaemonSet for each group and what belongs to it.
                _ = try await first.settled()
                let firstCosts = try await first.metrics()
                first.stop()

                let second = try await ProgramUnderMeasure(plane)
                let fromCold = try await second.waiting { metrics in
                    try metrics.sum("vrrp_operator_reconciles_total", ["result": "success"]) >= Double(Self.groups)
                        && metrics.sum("vrrp_operator_group_virtual_routers") == total
                }
                let before = try await second.settled()
                #expect(before.writes == 0, "nothing has changed")

                let changes = 100
                for number in 0..<changes {
                    let address = JSONValue.string("10.200.\(number / 200).\(number % 200 + 1)")
                    _ = try await client.merge(
                        AnyJSON(["spec": ["externalIPs": [address]]]), into: "s\(number % Self.groups)-\(number)",
                        in: services, as: tester)
                }
                let success = ["result": "success"]
                _ = try await second.waiting { try $0.sum("vrrp_operator_writes_total", success) >= Double(changes) }
                let after = try await second.settled()
                #expect(after.writes == Double(changes), "a write for each change, and no other")
                #expect(try after.sum("vrrp_operator_writes_total", success) == Double(changes), "none that failed")
                func spent(_ counter: String) throws -> Double { try after.sum(counter) - before.sum(counter) }
                #expect(
                    try spent("vrrp_operator_reconciles_total") <= Double(changes),
                    "what the operator wrote itself is no news")
                let work = try spent("process_cpu_seconds_total") / Double(changes)
                let memory = try [firstCosts, after].map {
                    try $0.sum("process_resident_memory_bytes") / Double(1 << 20)
                }
                second.stop()

                try print(
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
    func waiting(_ condition: (ScrapedMetrics) throws -> Bool) async throws -> Duration {
        var obstacle: (any Error)?
        while start.duration(to: .now) < .seconds(600) {
            do {
                if try condition(await metrics()) { return start.duration(to: .now) }
                obstacle = nil
            } catch {
                // It does not answer yet, or has nothing to say of what is asked for.
                obstacle = error
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        let reason = obstacle.map { ": \($0)" } ?? ""
        throw Program.Failure(description: "the operator did not get there within ten minutes\(reason)")
    }

    /// What it says when it has written nothing for a while.
    func settled() async throws -> ScrapedMetrics {
        var last = try await metrics()
        while true {
            try await Task.sleep(for: .seconds(5))
            let next = try await metrics()
            if try next.writes == last.writes && next.sum("vrrp_operator_queue_depth") == 0 { return next }
            last = next
        }
    }

    func stop() { program.kill() }
}

/// Metrics as a server wrote them.
private struct ScrapedMetrics {
    private let lines: [Substring]

    init(_ text: String) { lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") } }

    /// The sum of the series of a family that have some labels among theirs; a family that is not there is an error.
    func sum(_ name: String, _ labels: [String: String] = [:]) throws -> Double {
        let family = series(of: name)
        guard !family.isEmpty else { throw Program.Failure(description: "there is no metric \(name)") }
        let wanted = labels.map { "\($0.key)=\"\($0.value)\"" }
        return total(
            of: family.filter { line in wanted.allSatisfy { line.contains("{\($0)") || line.contains(",\($0)") } })
    }

    /// How often was written, successfully or not. There is no such family before the first time, so 0 says something only where
    /// another operator has had it.
    var writes: Double { total(of: series(of: "vrrp_operator_writes_total")) }

    private func series(of name: String) -> [Substring] {
        lines.filter { $0.hasPrefix(name) && ["{", " "].contains($0.dropFirst(name.count).first) }
    }

    private func total(of series: [Substring]) -> Double {
        series.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    }
}
