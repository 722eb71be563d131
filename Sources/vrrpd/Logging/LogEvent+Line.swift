import ControlProtocol
import Logging

extension LogEvent {
    /// The message, and behind it what it says for programs: `text key=value`.
    ///
    /// Lines in keepalived's own words have no metadata, so that whoever looks for them finds the whole line.
    ///
    /// - Parameter inherited: the metadata of the logger.
    func line(with inherited: Logger.Metadata) -> String {
        let all = inherited.merging(metadata ?? [:]) { _, own in own }
        guard !all.isEmpty else { return "\(message)" }
        return "\(message) \(KeyValueText(all.mapValues { "\($0)" }))"
    }
}
