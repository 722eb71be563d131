import Glibc
import Synchronization
import Testing
import VRRP

@testable import LinuxHost

/// A reader of a log that reads when it is told to.
private final class Reader: Sendable {
    private let gate = Mutex<Bool>(true)
    private let waits = Mutex<Bool>(false)
    private let lines = Mutex<[String]>([])

    /// Whether it takes lines; who writes one waits until it does.
    var reads: Bool {
        get { gate.withLock { $0 } }
        set { gate.withLock { $0 = newValue } }
    }

    /// What it has read.
    var texts: [String] { lines.withLock { $0 } }

    /// Whether somebody has a line for it that it does not take.
    var isAwaited: Bool { waits.withLock { $0 } }

    func take(_ line: LogQueue.Line) {
        while !reads {
            waits.withLock { $0 = true }
            usleep(500)
        }
        waits.withLock { $0 = false }
        lines.withLock { $0.append(line.text) }
    }

    func queue(capacity: Int = LogQueue.standardCapacity) -> LogQueue {
        LogQueue(
            capacity: capacity, tellingLossBy: { LogQueue.Line(priority: 4, text: "\($0) lost") },
            write: { [self] in take($0) })
    }
}

extension LogQueue {
    fileprivate func append(_ text: String) { append(Line(priority: 5, text: text)) }
}

@Suite("The lines of a log that wait for their reader", .timeLimit(.minutes(1)))
struct LogQueueTests {
    private let reader = Reader()

    @Test("Without its thread a line is written by who logs it")
    func direct() {
        let queue = reader.queue()
        queue.append("one")
        #expect(reader.texts == ["one"])
        #expect(queue.flush(within: .zero))
    }

    @Test("Lines are written in the order in which they were logged, those before the thread first")
    func order() throws {
        let queue = reader.queue()
        let texts = (0..<10_000).map { "line \($0)" }
        for text in texts[..<10] { queue.append(text) }
        try queue.start()
        for text in texts[10...] {
            queue.append(text)
            // The thread comes to rest and is called again, at all kinds of moments.
            if text.hasSuffix("77") { queue.flush(within: .seconds(5)) }
        }
        #expect(queue.flush(within: .seconds(5)))
        #expect(reader.texts == texts)
    }

    @Test("What there is no room for is lost, and told in the place where it is missing")
    func loss() throws {
        // What a line takes is its text and 64 octets around it.
        let queue = reader.queue(capacity: 10 * 65)
        try queue.start()
        reader.reads = false
        queue.append("a")
        // Until the first line is under way, and leaves its room.
        #expect(eventually { reader.isAwaited })
        for _ in 0..<25 { queue.append("b") }
        queue.append(String(repeating: "x", count: 1000))
        reader.reads = true
        #expect(queue.flush(within: .seconds(5)))
        queue.append("c")
        #expect(queue.flush(within: .seconds(5)))
        #expect(reader.texts == ["a"] + Array(repeating: "b", count: 10) + ["16 lost", "c"])
    }

    @Test("Whoever waits for a reader that does not read waits until the deadline, and who logs does not wait at all")
    func deadline() throws {
        let queue = reader.queue()
        try queue.start()
        reader.reads = false
        let start = ContinuousClock.now
        for number in 0..<40_000 { queue.append("line \(number)") }
        #expect(ContinuousClock.now - start < .seconds(1))
        let waiting = ContinuousClock.now
        #expect(!queue.flush(within: .milliseconds(300)))
        let waited = ContinuousClock.now - waiting
        #expect(waited >= .milliseconds(300) && waited < .seconds(2), "\(waited)")
        reader.reads = true
        #expect(queue.flush(within: .seconds(5)))
        // Waiting lines are bounded, and so are those that were under way already; what is missing is told where it is missing.
        var kept = 0
        var next = 0
        for text in reader.texts {
            if text.hasSuffix(" lost"), let lost = Int(text.dropLast(5)) {
                next += lost
            } else {
                try #require(text == "line \(next)")
                next += 1
                kept += 1
            }
        }
        #expect(next == 40_000)
        #expect(kept * 70 < 2 * LogQueue.standardCapacity)
    }

    @Test("Several threads that log and wait get each of their lines in order")
    func threads() throws {
        let queue = reader.queue()
        try queue.start()
        let bell = try Bell()
        let ended = Mutex(0)
        let count = 4
        for thread in 0..<count {
            try BackgroundThread.start {
                for number in 0..<500 {
                    queue.append("\(thread) \(number)")
                    if number.isMultiple(of: 50) { queue.flush(within: .seconds(5)) }
                }
                ended.withLock { $0 += 1 }
                bell.ring()
            }
        }
        let end = MonotonicClock.now + .seconds(20)
        while ended.withLock({ $0 }) < count, bell.wait(until: end) { bell.silence() }
        #expect(queue.flush(within: .seconds(5)))
        for thread in 0..<count {
            let own = reader.texts.filter { $0.hasPrefix("\(thread) ") }
            #expect(own == (0..<500).map { "\(thread) \($0)" })
        }
    }
}
