import Glibc
import VRRP

/// Many probes a second from a host to an address, to see how long the address is away.
public final class Pinger: Sendable {
    /// The longest time that a stream may last, in probes; older answers would be forgotten.
    public static let capacity = 200_000

    private let process: LabProcess
    private let start: Timestamp

    private init(process: LabProcess, start: Timestamp) {
        self.process = process
        self.start = start
    }

    /// Starts probing `address` from `host`.
    ///
    /// - Parameter interval: the time between two probes, at least 1 ms.
    public static func start(
        from host: Host, to address: String, every interval: Duration = .milliseconds(2)
    ) async throws -> Pinger {
        let family = address.contains(":") ? "-6" : "-4"
        let seconds = max(0.001, interval.inSeconds)
        // Without answers ping looks at its clock every 10 ms only; a preload lets it make up for that in a burst.
        let preload = max(1, Int(0.02 / seconds))
        let process = try await host.start(
            "ping", [family, "-D", "-n", "-l", "\(preload)", "-i", "\(seconds)", address], environment: ["LC_ALL": "C"],
            lineCapacity: capacity)
        return Pinger(process: process, start: .now)
    }

    /// Waits until a probe that was sent from now on is answered.
    public func waitForAnswer(within timeout: Duration) async throws {
        try await process.waitForLine(containing: " bytes from ", after: process.lines.end, within: timeout)
    }

    /// Stops probing and counts.
    public func stop() async throws -> PingReport {
        process.signal(SIGINT)
        let end = Timestamp.now
        _ = try await process.waitForExit(within: .seconds(30))
        let output = PingOutput(process.lines.entries().map(\.text))
        guard let sent = output.sent, process.lines.givenUp == 0 else {
            throw LabError.timedOut(waitingFor: "count of \(process.commandLine)", within: .zero, context: "")
        }
        return PingReport(
            sent: sent, answered: output.answered, answers: output.answers,
            start: min(start, output.answers.first ?? start),
            end: max(end, output.answers.last ?? end))
    }
}
