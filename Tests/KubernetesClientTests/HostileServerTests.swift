import KubernetesAPI
import KubernetesClient
import Testing

@Suite("Servers that are not what they should be", .timeLimit(.minutes(1)))
struct HostileServerTests {
    private static let services = Service.inside("shop")
    private static let web = json(#"{"metadata":{"name":"web","namespace":"shop"}}"#)

    private static var small: ClientLimits {
        var limits = ClientLimits()
        (limits.object, limits.page, limits.watchLine, limits.refusal) = (1000, 2000, 1000, 500)
        return limits
    }

    @Test("An object without end is refused at the limit")
    func endlessObject() async throws {
        let answer = RawServer.Answer.endless(chunkedHead, again: chunk(String(repeating: " ", count: 400)))
        try await RawServer.withClient([answer], limits: Self.small) { client, _ in
            let error = await #expect(throws: ClientError.self) { try await client.get("web", from: Self.services) }
            #expect(error?.description.hasSuffix("/services/web: the object is larger than 1000 bytes") == true)
        }
    }

    @Test("A line of a watch without end is refused at the limit")
    func endlessLine() async throws {
        let answer = RawServer.Answer.endless(chunkedHead, again: chunk(String(repeating: "x", count: 400)))
        try await RawServer.withClient([answer], limits: Self.small) { client, _ in
            let error = await #expect(throws: ClientError.self) {
                for try await _ in try await client.watch(Self.services, after: "1") {}
            }
            #expect(error?.description.hasSuffix("an event is larger than 1000 bytes") == true)
        }
    }

    @Test("A list without end is refused at the limit of pages")
    func endlessList() async throws {
        let page = json(#"{"metadata":{"resourceVersion":"1","continue":"more"},"items":[]}"#)
        try await RawServer.withClient(Array(repeating: .bytes(page), count: 10)) { client, server in
            await #expect(throws: ClientError.self) { try await client.list(Self.services, maximumPages: 3) }
            #expect(server.requests.count == 3)
        }
    }

    @Test("The reason of a refusal is cut where it has no end, and the code counts")
    func endlessReason() async throws {
        let head = "HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n"
        let answer = RawServer.Answer.endless(head, again: chunk(String(repeating: "no ", count: 100)))
        try await RawServer.withClient([answer], limits: Self.small) { client, _ in
            let error = await #expect(throws: ClientError.self) { try await client.get("web", from: Self.services) }
            #expect(error?.code == 403)
        }
    }

    @Test("A server that says nothing is left when the time is over")
    func silence() async throws {
        try await RawServer.withClient([.silence]) { client, _ in
            let hasty = client.with(timeout: .milliseconds(200))
            let time = await RunningClock.measure { _ in
                let error = await #expect(throws: ClientError.self) { try await hasty.get("web", from: Self.services) }
                #expect(error?.description.hasSuffix("no answer within 0.2 seconds") == true)
            }
            #expect(time < .seconds(2))
        }
    }

    @Test("A request that is cancelled ends at once, also in the middle of an answer")
    func cancellation() async throws {
        let half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"
        try await RawServer.withClient([.silence, .bytes(half)]) { client, _ in
            for _ in 0..<2 {
                let asking = Task { try await client.get("web", from: Self.services) }
                try await Task.sleep(for: .milliseconds(300))
                let time = await RunningClock.measure { _ in
                    asking.cancel()
                    await #expect(throws: CancellationError.self) { try await asking.value }
                }
                #expect(time < .seconds(1))
            }
        }
    }

    @Test("What is no JSON, and what is no such object, says so")
    func unreadable() async throws {
        let answers = ["<html>", "[]", #"{"metadata":{"name":7}}"#, ""].map { RawServer.Answer.bytes(json($0)) }
        try await RawServer.withClient(answers) { client, _ in
            for _ in answers {
                let error = await #expect(throws: ClientError.self) { try await client.get("web", from: Self.services) }
                #expect(error?.description.contains(": the answer cannot be read: ") == true)
            }
        }
    }

    @Test("A redirection is not followed: what proves who asks is for this server alone")
    func redirection() async throws {
        let answer = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
        try await RawServer.withClient([.bytes(answer)]) { client, server in
            let error = await #expect(throws: ClientError.self) { try await client.get("web", from: Self.services) }
            #expect(error?.code == 302)
            #expect(server.requests.count == 1)
        }
    }

    @Test("A server that is busy is asked again when it says so, but not for ever")
    func throttling() async throws {
        let busy = RawServer.Answer.bytes(
            json(#"{"kind":"Status","message":"busy"}"#, status: "429 Too Many Requests", headers: "Retry-After: 0\r\n")
        )
        try await RawServer.withClient([busy, busy, .bytes(Self.web)]) { client, server in
            let service = try await client.get("web", from: Self.services)
            #expect(service.metadata.name == "web")
            #expect(server.requests.count == 3)
        }
        try await RawServer.withClient(Array(repeating: busy, count: 9)) { client, server in
            let error = await #expect(throws: ClientError.self) { try await client.get("web", from: Self.services) }
            #expect(error?.code == 429 && error?.isTemporary == true)
            #expect(server.requests.count == 4)
        }
    }

    @Test("Without a server there is an error at once, and it names the server")
    func refused() async throws {
        try await RawServer.withClient([]) { client, server in
            try await server.close()
            let time = await RunningClock.measure { _ in
                let error = await #expect(throws: ClientError.self) { try await client.get("web", from: Self.services) }
                #expect(
                    error?.description.hasPrefix("GET \(client.configuration.server)/api/v1/namespaces/shop/") == true)
                #expect(error?.description.contains("cannot be reached") == true)
                #expect(error?.isTemporary == true)
            }
            #expect(time < .seconds(2))
        }
    }

    @Test("A watch that breaks in the middle of an event ends, and what came before it counts")
    func brokenWatch() async throws {
        let event = #"{"type":"ADDED","object":{"metadata":{"name":"web","namespace":"shop","resourceVersion":"2"}}}"#
        let answer = RawServer.Answer.last(chunkedHead + chunk(event + "\n" + event.prefix(30)) + "0\r\n\r\n")
        try await RawServer.withClient([answer]) { client, server in
            var names: [String] = []
            for try await event in try await client.watch(Self.services, after: "1") {
                if case .added(let service) = event { names.append(service.metadata.name) }
            }
            #expect(names == ["web"])
            #expect(server.requests.first?.contains("watch=true&allowWatchBookmarks=true&resourceVersion=1") == true)
        }
    }

    @Test("A watch in which nothing is said ends, and is no failure")
    func silentWatch() async throws {
        var limits = ClientLimits()
        limits.silence = .milliseconds(200)
        try await RawServer.withClient([.bytes(chunkedHead)], limits: limits) { client, _ in
            for try await event in try await client.watch(Self.services, after: "1") {
                Issue.record("nobody has said \(event)")
            }
        }
    }

    @Test("An informer lives through a server that answers rubbish")
    func informer() async throws {
        let list = json(
            #"{"metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"web","namespace":"shop","resourceVersion":"4"}}]}"#
        )
        let gone =
            chunkedHead + chunk(#"{"type":"ERROR","object":{"code":410,"reason":"Expired"}}"# + "\n") + "0\r\n\r\n"
        let deleted =
            chunkedHead
            + chunk(
                #"{"type":"DELETED","object":{"metadata":{"name":"web","namespace":"shop","resourceVersion":"6"}}}"#
                    + "\n")
        let answers: [RawServer.Answer] = [
            .last(json("oops", status: "500 Internal Server Error")), .bytes(json("<html>")), .bytes(list),
            .last(chunkedHead + chunk("rubbish\n")), .bytes(list), .bytes(gone), .bytes(list), .bytes(deleted),
        ]
        try await RawServer.withClient(answers) { client, _ in
            var settings = ListWatchSettings()
            settings.backoff = Backoff(initial: .milliseconds(5), maximum: .milliseconds(20))
            let informer = Informer(client, Self.services, settings: settings)
            let running = Task { await informer.run() }
            try await informer.synced()
            while !informer.store.objects.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            running.cancel()
            await running.value
        }
    }
}
