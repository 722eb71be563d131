import Dispatch
import Glibc

/// The signals that end the program.
enum Termination {
    /// How long the end may take. What an agent leaves unfinished does no harm: files are replaced as a whole.
    private static let patience = DispatchTimeInterval.milliseconds(800)

    /// Runs `body`, and cancels it at SIGTERM or SIGINT.
    static func during(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let work = Task(operation: body)
        let queue = DispatchQueue(label: "signals")
        let sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                work.cancel()
                queue.asyncAfter(deadline: .now() + patience) { _exit(0) }
            }
            source.activate()
            return source
        }
        defer { for source in sources { source.cancel() } }
        do { try await work.value } catch is CancellationError {}
    }
}
