import ControlProtocol
import Glibc
import NIOPosix
import Synchronization
import VRRP

/// What the agent hears of vrrpd.
enum EngineNews: Sendable {
    /// vrrpd answers; this is its state.
    case connected(NodeStatus)
    /// Something happened in vrrpd.
    case reported(TimedReport)
    /// vrrpd does not answer, or no longer.
    case lost(ControlClientError)
}

/// The way to vrrpd's control socket.
///
/// Each request has a connection of its own: to connect costs less than to keep track of one that broke. Waiting is done
/// by threads of the link's own, so that a vrrpd that stands still stops nothing else.
struct EngineLink: Sendable {
    private let path: String
    private let threads: NIOThreadPool

    /// How long to wait between attempts to reach vrrpd, in milliseconds.
    private static let firstPause = 50
    private static let longestPause = 2000
    /// How long a watcher may take to see that it is to end.
    private static let patience = Nanoseconds.milliseconds(200)

    /// Runs `body` with a link, and ends its threads afterwards.
    static func withLink<Result: Sendable>(
        to path: String, _ body: (EngineLink) async throws -> Result
    ) async throws -> Result {
        // One watches; a reload may take long, and neither probes, files nor the three who ask for states shall wait for it.
        let threads = NIOThreadPool(numberOfThreads: 7)
        threads.start()
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(EngineLink(path: path, threads: threads))) } catch {
            result = .failure(error)
        }
        // Not waited for: a thread may still wait for an answer.
        threads.shutdownGracefully { _ in }
        return try result.get()
    }

    /// Lets vrrpd read its definitions again.
    func reload() async throws -> ReloadOutcome {
        try await ask { (client) throws(ControlClientError) in try client.reload(timeout: .seconds(60)) }
    }

    /// Tells vrrpd the states of tracked objects; returns the names that count for nothing now.
    func track(_ objects: [String: Bool]) async throws -> [String] {
        try await ask { (client) throws(ControlClientError) in try client.track(objects, timeout: .seconds(5)).unknown }
    }

    /// Asks vrrpd for its state.
    func status() async throws -> NodeStatus {
        try await ask { (client) throws(ControlClientError) in
            try client.status(brief: true, timeout: .seconds(5))
        }
    }

    /// Asks vrrpd for the events that it remembers, those with numbers greater than `sequence`.
    func events(since sequence: UInt64) async throws -> EventList {
        try await ask { (client) throws(ControlClientError) in try client.events(since: sequence, timeout: .seconds(5))
        }
    }

    /// Runs something that waits apart from everything else.
    func apart<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await threads.runIfActive(body)
    }

    private func ask<Answer: Sendable>(
        _ body: @escaping @Sendable (inout ControlClient) throws(ControlClientError) -> Answer
    ) async throws -> Answer {
        try await threads.runIfActive { [path] in
            var client = try ControlClient(path: path)
            return try body(&client)
        }
    }

    /// Tells what happens in vrrpd until the task is cancelled; connects again whenever that is necessary.
    func watch(_ tell: @escaping @Sendable (EngineNews) -> Void) async {
        let end = Flag()
        await withTaskCancellationHandler {
            try? await threads.runIfActive { [path] in
                var pause = Self.firstPause
                while !end.isSet {
                    let start = ContinuousClock.now
                    do throws(ControlClientError) {
                        var client = try ControlClient(path: path)
                        try client.send(.watch)
                        try Self.follow(&client, until: end, tell)
                    } catch {
                        tell(.lost(error))
                    }
                    pause = start.duration(to: .now) > .seconds(2) ? Self.firstPause : min(pause * 2, Self.longestPause)
                    end.wait(milliseconds: pause)
                }
            }
        } onCancel: {
            end.set()
        }
    }

    private static func follow(
        _ client: inout ControlClient, until end: Flag, _ tell: (EngineNews) -> Void
    ) throws(ControlClientError) {
        while !end.isSet {
            do throws(ControlClientError) {
                switch try client.nextAnswer(timeout: patience) {
                case .status(let status): tell(.connected(status))
                case .report(let report): tell(.reported(report))
                case .failure, .reload, .track, .events, .explain, .drain, .capture:
                    throw .unexpected("a status or a report")
                }
            } catch .timedOut {
                continue
            } catch {
                throw error
            }
        }
    }
}

/// Something that is so from some moment on.
private final class Flag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .relaxed) }

    func set() { value.store(true, ordering: .relaxed) }

    /// Waits, unless the flag is set.
    func wait(milliseconds: Int) {
        let step = 50
        for _ in 0..<(milliseconds / step) where !isSet { Self.sleep(milliseconds: step) }
    }

    private static func sleep(milliseconds: Int) { usleep(UInt32(milliseconds * 1000)) }
}
