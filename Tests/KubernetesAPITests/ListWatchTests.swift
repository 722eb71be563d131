import KubernetesAPI
import Testing

@Suite("Keeping a copy of a collection")
struct ListWatchTests {
    private typealias Copy = ListWatch<Service>
    private var generator = SplitMix64(1)

    private static let byGroup: [String: ObjectStore<Service>.Index] = [
        "group": { $0.metadata.annotations["group"].map { [$0] } ?? [] }
    ]

    /// A copy that watches after version 10.
    private func watching(_ items: [Service] = [service("web", version: 5, group: "edge")]) throws -> Copy {
        var copy = Copy(indexes: Self.byGroup)
        var generator = generator
        _ = copy.received(try page(items, version: 10), using: &generator)
        return copy
    }

    @Test("Pages are asked for one after the other, and count together when the last has come")
    mutating func pages() throws {
        var copy = Copy()
        #expect(copy.step(using: &generator) == .list(limit: 500, continuing: nil))
        #expect(copy.received(try page([service("a", version: 1)], version: 9, token: "t"), using: &generator).isEmpty)
        #expect(!copy.isSynced && copy.store.objects.isEmpty)
        #expect(copy.step(using: &generator) == .list(limit: 500, continuing: "t"))
        let changes = copy.received(try page([service("b", version: 2)], version: 9), using: &generator)
        #expect(changes == [.added(service("a", version: 1)), .added(service("b", version: 2))])
        #expect(copy.isSynced)
        guard case .watch(after: "9", let seconds) = copy.step(using: &generator) else {
            Issue.record("it should watch")
            return
        }
        #expect((300...600).contains(seconds))
    }

    @Test("A server that never ends a list is left at the limit of pages, after a break")
    mutating func endlessPages() throws {
        var settings = ListWatchSettings()
        settings.maximumPages = 3
        var copy = Copy(settings: settings)
        for _ in 0..<3 { _ = copy.received(try page([], version: 9, token: "t"), using: &generator) }
        guard case .pause = copy.step(using: &generator) else {
            Issue.record("it should pause")
            return
        }
        #expect(copy.step(using: &generator) == .list(limit: 500, continuing: nil))
        #expect(copy.trouble?.description == "a list has more than 3 pages")
        #expect(!copy.isSynced)
    }

    @Test("Events change the store, move the version and keep the index true")
    mutating func events() throws {
        var copy = try watching()
        #expect(copy.store.objects(by: "group", "edge").map(\.metadata.name) == ["web"])
        let moved = service("web", version: 11, group: "core")
        #expect(
            copy.received(.modified(moved), using: &generator)
                == [.updated(from: service("web", version: 5, group: "edge"), to: moved)])
        #expect(copy.store.objects(by: "group", "edge").isEmpty)
        #expect(copy.store.objects(by: "group", "core") == [moved])
        #expect(copy.store.values(of: "group") == ["core"])
        #expect(copy.received(.bookmark(resourceVersion: "40"), using: &generator) == [])
        copy.watchEnded(lasting: .seconds(300), using: &generator)
        guard case .watch(after: "40", _) = copy.step(using: &generator) else {
            Issue.record("it should go on from the bookmark, at once")
            return
        }
        #expect(copy.received(.deleted(service("web", version: 41)), using: &generator) == [.deleted(moved)])
        #expect(copy.store.objects.isEmpty && copy.store.values(of: "group").isEmpty)
    }

    @Test("What was seen before is no change")
    mutating func repetition() throws {
        var copy = try watching()
        #expect(copy.received(.added(service("web", version: 5, group: "edge")), using: &generator) == [])
        #expect(copy.received(.deleted(service("never", version: 12)), using: &generator) == [])
    }

    @Test("Without the version that it knows it lists anew, and finds what is gone meanwhile")
    mutating func gone() throws {
        var copy = try watching([service("a", version: 1), service("b", version: 2)])
        let expired = try WatchEvent<Service>(
            line: Array(#"{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired"}}"#.utf8))
        #expect(copy.received(expired, using: &generator) == nil)
        guard case .pause(let delay) = copy.step(using: &generator) else {
            Issue.record("many clients lose their version at once, so it should pause")
            return
        }
        #expect(delay >= .milliseconds(250) && delay <= .milliseconds(375))
        #expect(copy.step(using: &generator) == .list(limit: 500, continuing: nil))
        #expect(copy.store.objects.count == 2, "what is known stays until something else is")
        let changes = copy.received(
            try page([service("b", version: 2), service("c", version: 30)], version: 31), using: &generator)
        #expect(changes == [.deleted(service("a", version: 1)), .added(service("c", version: 30))])
    }

    @Test("A list that outlives its version is asked for as a whole")
    mutating func goneBetweenPages() throws {
        var copy = Copy()
        _ = copy.received(try page([service("a", version: 1)], version: 9, token: "t"), using: &generator)
        copy.failed(try refusal(410, reason: "Expired"), using: &generator)
        _ = copy.step(using: &generator)
        #expect(copy.step(using: &generator) == .list(limit: nil, continuing: nil))
        let changes = copy.received(try page([service("b", version: 12)], version: 12), using: &generator)
        #expect(changes == [.added(service("b", version: 12))], "pages of the old version do not count")
    }

    @Test("A server that is away for six hours costs the copy nothing, and is asked every half minute or so")
    mutating func hours() throws {
        var copy = try watching()
        let before = copy.store.objects
        let away = ClientError.unreachable(.init(try APIRequest.list(Service.everywhere), of: "https://s"), "refused")
        var (absence, requests) = (Duration.zero, 0)
        while absence < .seconds(6 * 3600) {
            copy.failed(away, using: &generator)
            guard case .pause(let delay) = copy.step(using: &generator) else {
                Issue.record("it should pause")
                return
            }
            absence += delay
            requests += 1
            _ = copy.step(using: &generator)
        }
        #expect(copy.store.objects == before && !before.isEmpty)
        #expect((480...1440).contains(requests), "\(requests)")
    }

    @Test("While the server is away the copy stays, and the breaks grow to half a minute")
    mutating func outage() throws {
        var copy = try watching()
        var delays: [Duration] = []
        let away = ClientError.unreachable(.init(try APIRequest.list(Service.everywhere), of: "https://s"), "refused")
        for _ in 0..<20 {
            copy.failed(away, using: &generator)
            guard case .pause(let delay) = copy.step(using: &generator) else {
                Issue.record("it should pause")
                return
            }
            delays.append(delay)
            guard case .watch(after: "10", _) = copy.step(using: &generator) else {
                Issue.record("it should go on where it was")
                return
            }
        }
        #expect(delays[0] < .seconds(1))
        #expect(delays.suffix(5).allSatisfy { $0 >= .seconds(30) && $0 <= .seconds(45) })
        #expect(copy.trouble == away)
        #expect(copy.store.objects.count == 1 && copy.isSynced)
        // Once it hears something, a further failure is the first one again.
        #expect(copy.received(.bookmark(resourceVersion: "50"), using: &generator) == [])
        #expect(copy.trouble == nil)
        copy.failed(away, using: &generator)
        guard case .pause(let delay) = copy.step(using: &generator) else { return }
        #expect(delay < .seconds(1))
        // Nothing need happen for long where a watch has begun.
        #expect(copy.trouble == away)
        copy.watchBegan()
        #expect(copy.trouble == nil)
    }

    @Test("A server that says when to come back is taken at its word")
    mutating func throttled() throws {
        var copy = try watching()
        copy.failed(try refusal(429, retryAfter: "17"), using: &generator)
        #expect(copy.step(using: &generator) == .pause(.seconds(17)))
    }

    @Test("Pages that were read are kept while the server is away")
    mutating func outageBetweenPages() throws {
        var copy = Copy()
        _ = copy.received(try page([service("a", version: 1)], version: 9, token: "t"), using: &generator)
        copy.failed(try refusal(503), using: &generator)
        _ = copy.step(using: &generator)
        #expect(copy.step(using: &generator) == .list(limit: 500, continuing: "t"))
    }

    @Test("A server that ends each watch at once is not asked without a break")
    mutating func shortWatches() throws {
        var copy = try watching()
        copy.watchEnded(lasting: .milliseconds(3), using: &generator)
        guard case .pause = copy.step(using: &generator) else {
            Issue.record("it should pause")
            return
        }
    }

    @Test("A type that is not served takes nothing from what is known, and counts as known to be empty only if it may")
    mutating func unserved() throws {
        var copy = try watching()
        copy.failed(try refusal(404), using: &generator)
        copy.failed(try refusal(404), using: &generator)
        #expect(!copy.isServed)
        #expect(copy.store.objects.count == 1, "a server that only starts answers so too")

        for mayBeUnserved in [false, true] {
            var settings = ListWatchSettings()
            settings.mayBeUnserved = mayBeUnserved
            var other = Copy(settings: settings)
            other.failed(try refusal(404), using: &generator)
            #expect(other.isSynced == mayBeUnserved)
            _ = other.received(try page([], version: 1), using: &generator)
            #expect(other.isServed && other.isSynced)
        }
    }

    @Test("An object that can no longer be read stays what it was, until it can or is gone")
    mutating func unreadable() throws {
        var copy = try watching()
        func line(_ type: String, _ version: Int, _ spec: String) throws -> WatchEvent<Service> {
            let metadata = #"{"name":"web","namespace":"shop","resourceVersion":"\#(version)"}"#
            return try WatchEvent(
                line: Array(#"{"type":"\#(type)","object":{"metadata":\#(metadata),"spec":\#(spec)}}"#.utf8))
        }
        let changes = copy.received(try line("MODIFIED", 11, "[]"), using: &generator)
        #expect(changes?.map(\.key) == [ObjectKey("shop", "web")])
        #expect(copy.store[ObjectKey("shop", "web")]?.metadata.resourceVersion == "5")
        #expect(copy.store.unreadable.count == 1)
        #expect(copy.received(try line("MODIFIED", 12, "[]"), using: &generator) == [], "it is told once")
        _ = copy.received(try line("MODIFIED", 13, "{}"), using: &generator)
        #expect(copy.store.unreadable.isEmpty)
        _ = copy.received(try line("MODIFIED", 14, "[]"), using: &generator)
        #expect(copy.received(try line("DELETED", 15, "[]"), using: &generator)?.count == 1)
        #expect(copy.store.objects.isEmpty && copy.store.unreadable.isEmpty)

        // One that could never be read goes as well, and somebody may have kept things for it.
        let key = ObjectKey("shop", "web")
        _ = copy.received(try line("ADDED", 16, "[]"), using: &generator)
        #expect(copy.received(try line("DELETED", 17, "[]"), using: &generator) == [.forgotten(key)])
        _ = copy.received(try line("ADDED", 18, "[]"), using: &generator)
        copy.failed(try refusal(410), using: &generator)
        #expect(copy.received(try page([], version: 19), using: &generator) == [.forgotten(key)])
    }

    @Test("Whatever a server does, the copy ends up with what the server has", arguments: UInt64(0)..<200)
    func convergence(seed: UInt64) throws {
        var generator = SplitMix64(seed)
        var server: [String: Service] = [:]
        var log: [(version: Int, event: WatchEvent<Service>)] = []
        var version = 0
        var oldest = 0
        var copy = Copy(indexes: Self.byGroup)
        var seen: [ObjectKey: Service] = [:]

        func follow(_ changes: [ObjectStore<Service>.Change]) {
            for change in changes {
                switch change {
                case .added(let object):
                    #expect(seen.updateValue(object, forKey: object.key) == nil)
                case .updated(let old, let new):
                    #expect(seen.updateValue(new, forKey: new.key) == old)
                case .deleted(let object): #expect(seen.removeValue(forKey: object.key) == object)
                case .unreadable, .forgotten: Issue.record("all objects are readable")
                }
            }
        }
        func change() {
            version += 1
            let name = "s\(Int.random(in: 0..<8, using: &generator))"
            if server[name] != nil, Bool.random(using: &generator) {
                server[name] = nil
                log.append((version, .deleted(service(name, version: version))))
            } else {
                let group = ["x", "y"].randomElement(using: &generator)
                let object = service(name, version: version, group: group)
                let event: WatchEvent<Service> = server[name] == nil ? .added(object) : .modified(object)
                server[name] = object
                log.append((version, event))
            }
        }

        for turn in 0..<300 {
            let isCalm = turn >= 250
            if !isCalm, Bool.random(using: &generator) { change() }
            if !isCalm, Int.random(in: 0..<20, using: &generator) == 0 { oldest = version }
            let trouble = isCalm ? 9 : Int.random(in: 0..<10, using: &generator)
            switch copy.step(using: &generator) {
            case .pause: break
            case .list where trouble == 0: copy.failed(try refusal(503), using: &generator)
            case .list where trouble == 1: copy.failed(try refusal(410), using: &generator)
            case .list: follow(copy.received(try page(Array(server.values), version: version), using: &generator))
            case .watch(let after, _):
                let start = Int(after) ?? 0
                if trouble == 0 {
                    copy.failed(try refusal(500), using: &generator)
                } else if start < oldest {
                    copy.failed(try refusal(410), using: &generator)
                } else {
                    for entry in log where entry.version > start {
                        // The connection may break in the middle.
                        if !isCalm, Int.random(in: 0..<4, using: &generator) == 0 { break }
                        guard let changes = copy.received(entry.event, using: &generator) else { break }
                        follow(changes)
                    }
                    copy.watchEnded(lasting: .seconds(5), using: &generator)
                }
            }
        }
        #expect(Set(copy.store.objects.values) == Set(server.values))
        #expect(seen == copy.store.objects)
        for group in ["x", "y"] {
            let expected = server.values.filter { $0.metadata.annotations["group"] == group }
            #expect(copy.store.objects(by: "group", group) == expected.sorted { $0.key < $1.key })
        }
    }
}
