import ControlProtocol
import Foundation
import GroupOperator
import Logging

/// Writes log lines to standard error, each as one JSON object.
struct JSONLogHandler: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { _, own in own }.mapValues { "\($0)" }
        let now = WallTime(millisecondsSinceEpoch: Int64(Date().timeIntervalSince1970 * 1000))
        let line = JSONLogLine(
            level: event.level.rawValue, time: "\(now)", message: "\(event.message)", fields: fields)
        // In one call, so that lines do not mix.
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }
}
