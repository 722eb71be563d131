import ClusterObjects
import Foundation
import JSONDocument
import KubernetesAPI
import KubernetesClient
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
                // Somebody has the addresses, as in a cluster at rest; that nobody has them was said meanwhile.
                try await own(namespace, client)
                _ = try await first.settled()
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

        private func own(_ namespace: String, _ client: APIClient) async throws {
            let routers = VirtualRouter.inside(namespace)
            let owner = AnyJSON(["status": ["activeNode": "node1"]])
            let names = try await client.list(routers).items.map(\.metadata.name)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for (index, name) in names.enumerated() {
                    tasks.addTask {
                        _ = try await client.merge(owner, into: name, in: routers, .status, as: tester) as VirtualRouter
                    }
                    if index % 32 == 31 { try await tasks.waitForAll() }
                }
                try await tasks.waitForAll()
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
