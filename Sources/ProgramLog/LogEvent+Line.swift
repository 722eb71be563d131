import ControlProtocol
public import Logging

extension LogEvent {
    /// The message, and behind it what it says for programs: `text key=value`.
    ///
    /// Lines in keepalived's own words have no metadata, so that whoever looks for them finds the whole line.
    ///
    /// - Parameter inherited: the metadata of the logger.
    public func line(with inherited: Logger.Metadata) -> String {
        let fields = fields(with: inherited)
        return fields.isEmpty ? "\(message)" : "\(message) \(KeyValueText(fields))"
    }

    /// What it says for programs, by name; its own word counts before that of the logger.
    func fields(with inherited: Logger.Metadata) -> [String: String] {
        inherited.merging(metadata ?? [:]) { _, own in own }.mapValues { "\($0)" }
    }
}
