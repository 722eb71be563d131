import KubernetesAPI
import KubernetesClient
import Synchronization
import Testing

@Suite("The loop of work", .timeLimit(.minutes(1)))
struct WorkLoopTests {
    /// What happened, from whatever thread.
    private final class Record: Sendable {
        struct State: Sendable {
            var done: [Int: Int] = [:]
            var inWork: Set<Int> = []
            var most = 0
            var overlaps = 0
        }

        private let state = Mutex(State())

        var value: State { state.withLock { $0 } }

        func begin(_ key: Int) {
            state.withLock { state in
                if !state.inWork.insert(key).inserted { state.overlaps += 1 }
                state.most = max(state.most, state.inWork.count)
            }
        }

        func end(_ key: Int) {
            state.withLock { state in
                state.inWork.remove(key)
                state.done[key, default: 0] += 1
            }
        }
    }

    @Test("Many keys are worked on, a few at a time, and no key by two workers")
    func workers() async throws {
        let loop = WorkLoop<Int>()
        let record = Record()
        let running = Task {
            await loop.run(workers: 3) { key in
                record.begin(key)
                try? await Task.sleep(for: .milliseconds(1))
                record.end(key)
                return .success
            }
        }
        for _ in 0..<20 {
            for key in 0..<50 { loop.add(key) }
            try await Task.sleep(for: .milliseconds(2))
        }
        while !loop.isIdle { try await Task.sleep(for: .milliseconds(5)) }
        running.cancel()
        await running.value
        #expect(record.value.done.count == 50)
        #expect(record.value.overlaps == 0)
        #expect(record.value.most <= 3 && record.value.most > 1)
    }

    @Test("What fails comes again by itself, and what is due later comes later")
    func retries() async throws {
        let loop = WorkLoop<Int>(WorkQueue(backoff: Backoff(initial: .milliseconds(1), maximum: .milliseconds(10))))
        let record = Record()
        let start = ContinuousClock.now
        loop.add(1)
        loop.add(2, after: .milliseconds(300))
        loop.add(3, after: .milliseconds(30))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await loop.run { key in
                    record.begin(key)
                    record.end(key)
                    if key == 2 { #expect(start.duration(to: .now) >= .milliseconds(300)) }
                    return key == 1 && (record.value.done[1] ?? 0) < 5 ? .failure : .success
                }
            }
            while !loop.isIdle { try? await Task.sleep(for: .milliseconds(5)) }
            group.cancelAll()
        }
        #expect(record.value.done == [1: 5, 2: 1, 3: 1])
        #expect(loop.failures(of: 1) == 0)
    }

    @Test("A loop that is cancelled ends with its work")
    func cancellation() async throws {
        let loop = WorkLoop<Int>()
        loop.add(1)
        loop.add(2, after: .seconds(1000))
        let running = Task {
            await loop.run { _ in
                try? await Task.sleep(for: .seconds(1000))
                return .success
            }
        }
        try await Task.sleep(for: .milliseconds(100))
        running.cancel()
        let start = ContinuousClock.now
        await running.value
        #expect(start.duration(to: .now) < .seconds(1))
    }
}
