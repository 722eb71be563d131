import Foundation
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Testing

@Suite("Election and events on a real API server", .needsAPIServer)
struct ElectionTests {
    private func elector(_ client: APIClient, _ namespace: String, _ identity: String) throws -> LeaderElector {
        let settings = try #require(
            LeaderElectionSettings(
                identity: identity, leaseDuration: .seconds(15), renewDeadline: .seconds(10),
                retryPeriod: .seconds(2)))
        return LeaderElector(client, lease: ObjectKey(namespace, "leader"), settings, as: FieldManager(identity))
    }

    @Test("One of two candidates leads; when it ends the other leads at once", .timeLimit(.minutes(4)))
    func handingOver() async throws {
        try await ControlPlane.shared.get().withClient { client in
            let namespace = try await ControlPlane.shared.get().namespace(client)
            let log = Log()
            func candidate(_ identity: String) throws -> Task<Void, any Error> {
                let elector = try elector(client, namespace, identity)
                return Task {
                    try await elector.run {
                        log.add("\(identity) leads")
                        defer { log.add("\(identity) ends") }
                        try await Task.sleep(for: .seconds(100))
                    }
                }
            }
            let first = try candidate("first")
            defer { first.cancel() }
            #expect(try await eventually { log.entries == ["first leads"] })
            let second = try candidate("second")
            defer { second.cancel() }
            // Longer than a Lease lasts: it is renewed.
            try await Task.sleep(for: .seconds(18))
            #expect(log.entries == ["first leads"])
            let held = try await client.get("leader", from: Lease.inside(namespace))
            #expect(held.spec?.holderIdentity == "first" && held.spec?.leaseDurationSeconds == 15)
            #expect(held.spec?.leaseTransitions == 0)
            // What others put into it stays, whoever renews it.
            let theirs = AnyJSON(["metadata": ["labels": ["their": "label"], "finalizers": ["example.com/theirs"]]])
            let leases = Lease.resourceType.objects(inside: namespace)
            _ = try await client.merge(theirs, into: "leader", in: leases, as: tester)
            // The leader looks at it anew before it writes the next time: a write with a version that is gone is refused. So
            // it has seen it when it has renewed the Lease.
            var renewed = try await client.get("leader", from: Lease.inside(namespace))
            for _ in 0..<2 {
                let before = renewed
                let isRenewed = try await eventually {
                    try await client.get("leader", from: Lease.inside(namespace)).spec?.renewTime
                        != before.spec?.renewTime
                }
                #expect(isRenewed)
                renewed = try await client.get("leader", from: Lease.inside(namespace))
            }

            first.cancel()
            await #expect(throws: CancellationError.self) { try await first.value }
            let given = try await client.get("leader", from: Lease.inside(namespace))
            #expect(given.spec?.holderIdentity != "first", "the Lease was given back, so nobody waits for its end")
            #expect(try await eventually { log.entries == ["first leads", "first ends", "second leads"] })
            let taken = try await client.get("leader", from: Lease.inside(namespace))
            #expect(taken.spec?.holderIdentity == "second" && (taken.spec?.leaseTransitions ?? 0) >= 1)
            #expect(taken.metadata.labels == ["their": "label"] && taken.metadata.finalizers == ["example.com/theirs"])
            second.cancel()
            _ = await second.result
        }
    }

    @Test("Who loses the Lease to somebody else stops its work, and leads again when it can", .timeLimit(.minutes(4)))
    func loss() async throws {
        try await ControlPlane.shared.get().withClient { client in
            let namespace = try await ControlPlane.shared.get().namespace(client)
            let log = Log()
            let elector = try elector(client, namespace, "us")
            let task = Task {
                try await elector.run {
                    log.add("leads")
                    defer { log.add("ends") }
                    try await Task.sleep(for: .seconds(100))
                }
            }
            defer { task.cancel() }
            #expect(try await eventually { log.entries == ["leads"] })
            // Labels and fields that others add stay.
            let patch = AnyJSON(["metadata": ["labels": ["x": "y"]], "spec": ["holderIdentity": "them"]])
            _ = try await client.merge(patch, into: "leader", in: Lease.inside(namespace), as: tester) as Lease
            #expect(try await eventually { log.entries == ["leads", "ends"] })
            #expect(try await eventually { log.entries == ["leads", "ends", "leads"] })
            let lease = try await client.get("leader", from: Lease.inside(namespace))
            #expect(lease.metadata.labels == ["x": "y"] && lease.spec?.holderIdentity == "us")
            task.cancel()
            _ = await task.result
        }
    }

    @Test("Events lie on their object, and the same again counts up", .timeLimit(.minutes(1)))
    func events() async throws {
        try await ControlPlane.shared.get().withClient { client in
            let namespace = try await ControlPlane.shared.get().namespace(client)
            _ = try await client.create(
                Samples.service("web", namespace), in: Samples.services.objects(inside: namespace), as: tester)
            let service = try await client.get("web", from: Service.inside(namespace))
            let recorder = EventRecorder(client, source: .init(component: "vrrp-operator"))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await recorder.run() }
                for _ in 0..<3 {
                    recorder.record(service, isWarning: true, reason: "Pending", message: "no address yet")
                }
                recorder.record(service, reason: "Planned", message: "router 7")
                let selection = Selection(fields: ["involvedObject.uid": service.metadata.uid ?? ""])
                let isWritten = try await eventually {
                    let events = try await client.list(Event.inside(namespace), selection).items
                    return events.map { "\($0.reason ?? "") \($0.type ?? "") \($0.count ?? 0)" }.sorted()
                        == ["Pending Warning 3", "Planned Normal 1"]
                }
                #expect(isWritten)
                group.cancelAll()
            }
        }
    }
}
