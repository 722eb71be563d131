import StatusServer
import Synchronization
import Testing

@Suite("A page that is made when somebody looks", .timeLimit(.minutes(3)))
struct LazyPageTests {
    private static func snapshot(_ text: String) -> PageSnapshot {
        PageSnapshot(scope: .cluster(""), time: .now, version: text)
    }

    @Test("Nothing is made while nobody looks, and the same thing is not made twice")
    func made() async {
        let count = Atomic(0)
        let page = LazyPage(pause: .zero) {
            Self.snapshot("\(count.add(1, ordering: .relaxed).newValue)")
        }
        for _ in 0..<100 { page.touch() }
        #expect(count.load(ordering: .relaxed) == 0)
        #expect(await page.snapshot().version == "1")
        #expect(await page.snapshot().version == "1")
        page.touch()
        #expect(await page.snapshot().version == "2")
    }

    @Test("What changes while the content is made is in the next one, for those who ask and for those who read")
    func late() async throws {
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let value = Mutex("old")
        let isFirst = Atomic(true)
        let page = LazyPage(pause: .zero) {
            let seen = value.withLock(\.self)
            if isFirst.exchange(false, ordering: .relaxed) {
                start.yield()
                for await _ in gate { break }
            }
            return Self.snapshot(seen)
        }
        var reader = page.changes().makeAsyncIterator()
        for await _ in started { break }
        value.withLock { $0 = "new" }
        page.touch()
        async let asked = page.snapshot()
        open.yield()
        #expect(await asked.version == "new")
        var seen: [String] = []
        while seen.last != "new", let next = await reader.next() { seen.append(next.version) }
        #expect(seen.last == "new")
    }

    @Test("A reader gets what says something else, and nothing is made for one that has gone")
    func readers() async throws {
        let value = Mutex("1")
        let count = Atomic(0)
        let page = LazyPage(pause: .milliseconds(1)) {
            count.add(1, ordering: .relaxed)
            return Self.snapshot(value.withLock(\.self))
        }
        let reading = Task {
            var reader = page.changes().makeAsyncIterator()
            let first = await reader.next()?.version
            return [first, await reader.next()?.version]
        }
        while count.load(ordering: .relaxed) == 0 { try await Task.sleep(for: .milliseconds(1)) }
        page.touch()
        try await Task.sleep(for: .milliseconds(200))
        value.withLock { $0 = "2" }
        page.touch()
        #expect(await reading.value == ["1", "2"])
        // The reader has gone with its task.
        try await Task.sleep(for: .milliseconds(100))
        let before = count.load(ordering: .relaxed)
        page.touch()
        try await Task.sleep(for: .milliseconds(100))
        #expect(count.load(ordering: .relaxed) == before)
    }

    @Test("What takes long to make is made as much more rarely")
    func rest() async throws {
        let count = Atomic(0)
        let page = LazyPage(pause: .zero) {
            try? await Task.sleep(for: .milliseconds(20))
            return Self.snapshot("\(count.add(1, ordering: .relaxed).newValue)")
        }
        let start = ContinuousClock.now
        try await withThrowingTaskGroup { group in
            group.addTask { for await _ in page.changes() {} }
            while count.load(ordering: .relaxed) < 3 {
                page.touch()
                try await Task.sleep(for: .milliseconds(5))
            }
            group.cancelAll()
        }
        // Each takes a twentieth of the time at most.
        #expect(start.duration(to: .now) > .milliseconds(2 * 20 * 20))
    }

    @Test("Many readers that came one after the other cost what one does")
    func manyReaders() async throws {
        let count = Atomic(0)
        let pause = Duration.milliseconds(200)
        let page = LazyPage(pause: pause) { Self.snapshot("\(count.add(1, ordering: .relaxed).newValue)") }
        let start = ContinuousClock.now
        try await withThrowingTaskGroup { group in
            for _ in 0..<10 {
                group.addTask { for await _ in page.changes() {} }
                for _ in 0..<4 {
                    page.touch()
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            for _ in 0..<50 {
                page.touch()
                try await Task.sleep(for: .milliseconds(20))
            }
            group.cancelAll()
        }
        let pauses = start.duration(to: .now) / pause
        #expect(Double(count.load(ordering: .relaxed)) <= pauses + 2)
    }
}
