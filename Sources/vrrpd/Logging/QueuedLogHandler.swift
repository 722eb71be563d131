import LinuxHost
import Logging

/// Puts log lines on a queue, so that the engine's thread does not wait for who reads them.
struct QueuedLogHandler: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]
    private let queue: LogQueue
    private let outlet: LogOutlet

    /// A handler whose lines look as `outlet` has them.
    init(_ queue: LogQueue, _ outlet: LogOutlet) {
        self.queue = queue
        self.outlet = outlet
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { queue.append(outlet.line(of: event, with: metadata)) }
}
