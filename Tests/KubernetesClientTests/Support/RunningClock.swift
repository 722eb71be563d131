import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Testing

/// A clock that stands still while the machine does something else.
///
/// A thread of its own sleeps for a tick, again and again, and a tick counts as what it was to be, however late it ended. So
/// what a machine with other things to do takes away is left out, and what blocks the tasks or event loops of the program is
/// counted.
final class RunningClock: Sendable {
    private let ticks = Atomic(0)
    private let isOver = Atomic(false)
    private static let tick = Duration.milliseconds(10)

    private init() {}

    /// The time since the clock was started.
    var time: Duration { Self.tick * ticks.load(ordering: .relaxed) }

    /// How long `body` takes.
    static func measure(_ body: (RunningClock) async throws -> Void) async rethrows -> Duration {
        let clock = RunningClock()
        Thread.detachNewThread { clock.run() }
        defer { clock.isOver.store(true, ordering: .relaxed) }
        try await body(clock)
        return clock.time
    }

    private func run() {
        while !isOver.load(ordering: .relaxed) {
            Thread.sleep(forTimeInterval: Self.tick / .seconds(1))
            ticks.add(1, ordering: .relaxed)
        }
    }
}

@Suite("The clock that stands still while the machine does something else", .timeLimit(.minutes(1)))
struct RunningClockTests {
    @Test("It goes while somebody waits, and never faster than time itself")
    func waiting() async throws {
        let start = ContinuousClock.now
        let time = try await RunningClock.measure { _ in try await Task.sleep(for: .milliseconds(500)) }
        #expect(time >= .milliseconds(250) && time <= start.duration(to: .now))
    }

    @Test("It goes while event loops and tasks are blocked")
    func blocked() async throws {
        let time = try await RunningClock.measure { clock in
            let loops = MultiThreadedEventLoopGroup.singleton.makeIterator().map(\.self)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for loop in loops { tasks.addTask { try await loop.submit { clock.block() }.get() } }
                for _ in loops { tasks.addTask { clock.block() } }
                try await tasks.waitForAll()
            }
        }
        #expect(time >= .milliseconds(100))
    }
}

extension RunningClock {
    /// Holds a thread of somebody else, for no longer than other tests can spare it.
    fileprivate func block() { Thread.sleep(forTimeInterval: 0.2) }
}
