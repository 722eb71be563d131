import NIOCore
import NIOPosix
import Synchronization
import Testing

/// A clock that stands still while tasks or event loops do.
///
/// It is a task that sleeps for a tick and then has each event loop do something, again and again. What a machine with other
/// things to do takes from the program it takes from both, so that a bound says something about the program alone.
final class RunningClock: Sendable {
    private let ticks = Atomic(0)
    private static let tick = Duration.milliseconds(10)

    private init() {}

    /// The time since the clock was started.
    var time: Duration { Self.tick * ticks.load(ordering: .relaxed) }

    /// How long `body` takes.
    static func measure(_ body: (RunningClock) async throws -> Void) async rethrows -> Duration {
        let clock = RunningClock()
        let ticking = Task { try await clock.run() }
        defer { ticking.cancel() }
        try await body(clock)
        return clock.time
    }

    private func run() async throws {
        let loops = MultiThreadedEventLoopGroup.singleton.makeIterator().map(\.self)
        while true {
            try await Task.sleep(for: Self.tick)
            for loop in loops { try await loop.submit {}.get() }
            ticks.add(1, ordering: .relaxed)
        }
    }
}

@Suite("The clock that stands still while the machine does something else", .timeLimit(.minutes(1)))
struct RunningClockTests {
    @Test("It goes while somebody waits, and never faster than time itself")
    func waiting() async throws {
        let start = ContinuousClock.now
        let time = try await RunningClock.measure { clock in
            while clock.time < .milliseconds(100) { try await Task.sleep(for: .milliseconds(10)) }
        }
        #expect(time >= .milliseconds(100) && time <= start.duration(to: .now))
    }
}
