import Testing

@testable import NetworkLab

@Suite("The journal that tests wait on", .timeLimit(.minutes(1)))
struct JournalTests {
    @Test("What was heard before is found at once, what comes later when it comes")
    func findsPastAndFuture() async {
        let journal = Journal<Int>(capacity: 10)
        journal.append(1)
        let first = await journal.first(within: .zero) { $0 == 1 }
        #expect(first?.entry == 1)
        async let second = journal.first(after: first?.next ?? .start, within: .seconds(30)) { $0 == 2 }
        journal.append(3)
        journal.append(2)
        #expect(await second?.entry == 2)
    }

    @Test("What stands before the position is not found")
    func positionHidesWhatIsBeforeIt() async {
        let journal = Journal<Int>(capacity: 10)
        journal.append(1)
        let position = journal.end
        #expect(await journal.first(after: position, within: .milliseconds(20)) { $0 == 1 } == nil)
        journal.append(1)
        #expect(await journal.first(after: position, within: .zero) { $0 == 1 } != nil)
    }

    @Test("Positions stay valid when old entries are given up")
    func positionsOutliveEntries() async {
        let journal = Journal<Int>(capacity: 4)
        for entry in 0..<6 { journal.append(entry) }
        let position = journal.end
        for entry in 6..<20 { journal.append(entry) }
        #expect(journal.entries().count <= 8)
        #expect(journal.entries().suffix(4) == [16, 17, 18, 19])
        #expect(journal.givenUp + journal.entries().count == 20)
        #expect(await journal.first(after: position, within: .zero) { $0 == 19 }?.next == journal.end)
        #expect(await journal.first(after: position, within: .milliseconds(20)) { $0 < 6 } == nil)
    }

    @Test("Whoever waits is let go when the journal is finished or the task is cancelled")
    func waitingEndsEarly() async {
        let journal = Journal<Int>(capacity: 4)
        let start = ContinuousClock.now
        let cancelled = Task { await journal.first(within: .seconds(50)) { _ in true }?.entry }
        cancelled.cancel()
        #expect(await cancelled.value == nil)
        let waiting = Task { await journal.first(within: .seconds(50)) { _ in true }?.entry }
        journal.finish()
        #expect(await waiting.value == nil)
        #expect(start.duration(to: .now) < .seconds(30))
    }
}
