import Foundation
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Synchronization
import Testing

@Suite("Watches on a real API server", .needsAPIServer)
struct WatchTests {
    @Test(
        "A watch tells each change in order, then a bookmark, and ends when its time is over", .timeLimit(.minutes(2)))
    func events() async throws {
        try await ControlPlane.shared.get().withClient { client in
            let namespace = try await ControlPlane.shared.get().namespace(client)
            let objects = Samples.configMaps.objects(inside: namespace)
            let start = try #require(try await client.list(objects, .named("c")).resourceVersion)
            try await client.create(Samples.configMap("c", namespace), in: objects, as: tester)
            try await client.apply(Samples.configMap("c", namespace, ["a": "1"]), in: objects, as: tester)
            try await client.delete("c", from: objects)
            // A server sends a bookmark when something else has happened since, in the last two seconds of a watch; a busy one
            // comes too late.
            var seen: [String] = []
            for attempt in 0..<5 where !seen.contains("bookmark") {
                seen = []
                for try await event in try await client.watch(objects, .named("c"), after: start, forSeconds: 6) {
                    switch event {
                    case .added(let object): seen.append("added \(object.metadata.name)")
                    case .modified(let object): seen.append("modified \(object["data"] ?? .null)")
                    case .deleted(let object):
                        seen.append("deleted \(object.metadata.name)")
                        let other = Samples.configMap("other-\(attempt)", namespace)
                        try await client.create(other, in: objects, as: tester)
                    case .bookmark(let version):
                        seen.append((Int(version) ?? 0) > (Int(start) ?? 0) ? "bookmark" : "old")
                    default: Issue.record("an odd event: \(event)")
                    }
                }
            }
            #expect(seen.prefix(3) == ["added c", #"modified {"a":"1"}"#, "deleted c"])
            #expect(Set(seen.dropFirst(3)) == ["bookmark"])
        }
    }

    @Test("A watch that is cancelled ends at once", .timeLimit(.minutes(1)))
    func cancellation() async throws {
        try await ControlPlane.shared.get().withClient { client in
            let version = try #require(try await client.page(of: Service.everywhere).resourceVersion)
            let watching = Task {
                for try await _ in try await client.watch(Service.inside("none"), after: version) {}
            }
            try await Task.sleep(for: .milliseconds(500))
            watching.cancel()
            let start = ContinuousClock.now
            await #expect(throws: CancellationError.self) { try await watching.value }
            #expect(start.duration(to: .now) < .seconds(1))
        }
    }

    @Test("A list that goes on after etcd has forgotten its version is gone, and an informer begins anew")
    func compaction() async throws {
        let plane = try await ControlPlane.shared.get()
        try await plane.withClient { client in
            let namespace = try await plane.namespace(client)
            let objects = Samples.configMaps.objects(inside: namespace)
            for number in 0..<4 {
                try await client.create(Samples.configMap("c\(number)", namespace), in: objects, as: tester)
            }
            let first = try await client.page(of: objects, limit: 1)
            try await client.create(Samples.configMap("c9", namespace), in: objects, as: tester)
            try await plane.compact()
            let error = await #expect(throws: ClientError.self) {
                try await client.page(of: objects, limit: 1, continuing: first.continueToken)
            }
            #expect(error?.isGone == true)
            #expect(error?.description.contains("continue=") == false)
        }
    }

    @Test(
        "An informer has what the server has, tells what changes and finds objects by an index", .timeLimit(.minutes(2))
    )
    func informer() async throws {
        try await ControlPlane.shared.get().withClient { client in
            let namespace = try await ControlPlane.shared.get().namespace(client)
            let objects = Samples.services.objects(inside: namespace)
            for name in ["a", "b", "c"] {
                try await client.create(Samples.service(name, namespace, group: "edge"), in: objects, as: tester)
            }
            let changes = Log()
            var settings = ListWatchSettings()
            settings.pageSize = 2
            let informer = Informer(
                client, Service.inside(namespace),
                indexes: ["group": { $0.metadata.annotations["group"].map { [$0] } ?? [] }],
                settings: settings
            ) { changes.add($0.key.name) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await informer.run() }
                try await informer.synced()
                #expect(informer.objects(by: "group", "edge").map(\.metadata.name) == ["a", "b", "c"])
                #expect(Set(changes.entries) == ["a", "b", "c"])
                let patch = AnyJSON(["metadata": ["annotations": ["group": "core"]]])
                let start = ContinuousClock.now
                _ = try await client.merge(patch, into: "b", in: Service.inside(namespace), as: tester) as Service
                #expect(try await eventually { informer.objects(by: "group", "core").map(\.metadata.name) == ["b"] })
                #expect(start.duration(to: .now) < .seconds(2))
                try await client.delete("a", from: objects)
                #expect(try await eventually { informer.objects(by: "group", "edge").map(\.metadata.name) == ["c"] })
                #expect(informer.trouble == nil)
                group.cancelAll()
            }
        }
    }

    @Test("An informer keeps what it has while the server is away, and catches up afterwards", .timeLimit(.minutes(4)))
    func restart() async throws {
        let plane = try await ControlPlane()
        try await plane.withClient { client in
            let objects = Samples.configMaps.objects(inside: "default")
            for name in ["a", "b"] {
                try await client.create(Samples.configMap(name, "default"), in: objects, as: tester)
            }
            let oldVersion = try #require(
                try await client.list(objects, .named("a")).items.first?.metadata.resourceVersion)
            var settings = ListWatchSettings()
            settings.backoff = Backoff(initial: .milliseconds(100), maximum: .seconds(1))
            let informer = Informer(client, objects, settings: settings)
            func has(_ names: Set<String>) async throws -> Bool {
                try await eventually {
                    Set(informer.store.objects.keys.map(\.name)).subtracting(["kube-root-ca.crt"]) == names
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await informer.run() }
                #expect(try await has(["a", "b"]))
                plane.stopServer()
                #expect(try await eventually { informer.trouble != nil })
                #expect(try await has(["a", "b"]))

                try await plane.startServer()
                try await client.delete("a", from: objects)
                try await client.create(Samples.configMap("c", "default"), in: objects, as: tester)
                #expect(try await has(["b", "c"]))
                #expect(informer.trouble == nil)

                // Away once more, while versions are forgotten: what it watches from is gone.
                plane.stopServer()
                #expect(try await eventually { informer.trouble != nil })
                try await plane.compact()
                try await plane.startServer()
                try await client.delete("b", from: objects)
                #expect(try await has(["c"]))
                let gone = await firstRefusal(of: client, objects, after: oldVersion)
                #expect(gone?.code == 410)
                group.cancelAll()
            }
        }
    }

    /// What a server says of a watch from a version that it no longer has: as an answer, or as an event.
    private func firstRefusal(
        of client: APIClient, _ objects: ResourceCollection<DynamicObject>, after version: String
    ) async -> ClientError.Refusal? {
        do {
            for try await event in try await client.watch(objects, after: version, forSeconds: 5) {
                if case .failed(let refusal) = event { return refusal }
            }
        } catch ClientError.refused(_, let refusal) {
            return refusal
        } catch {
            Issue.record(error)
        }
        return nil
    }
}

/// What was told, from whatever thread.
final class Log: Sendable {
    private let state = Mutex<[String]>([])

    var entries: [String] { state.withLock { $0 } }

    func add(_ entry: String) { state.withLock { $0.append(entry) } }
}
