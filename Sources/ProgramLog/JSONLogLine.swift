import ControlProtocol
import JSONDocument
import Logging

/// A line of the log as one JSON object, with the members that zap gives the lines of Go's operators: `level`, `ts` and `msg`,
/// then what else the line says.
public struct JSONLogLine: Sendable, CustomStringConvertible {
    /// The object, without an end of line.
    public let description: String

    /// A line of the log.
    ///
    /// - Parameters:
    ///   - level: how grave it is, by the word of the logger.
    ///   - time: when it was said, as in RFC 3339.
    ///   - message: what it says to people.
    ///   - fields: what it says to programs, in the order of their names. One that is named as a member of every line is left out.
    public init(level: String, time: String, message: String, fields: [String: String]) {
        var object: JSONObject = ["level": .string(level), "ts": .string(time), "msg": .string(message)]
        for field in fields.sorted(by: { $0.key < $1.key }) where object[field.key] == nil {
            object[field.key] = .string(field.value)
        }
        description = "\(JSONValue.object(object))"
    }

    /// What a logger was told at a time.
    init(_ event: LogEvent, _ inherited: Logger.Metadata, time: WallTime) {
        self.init(
            level: event.level.rawValue, time: "\(time)", message: "\(event.message)",
            fields: event.fields(with: inherited))
    }
}
