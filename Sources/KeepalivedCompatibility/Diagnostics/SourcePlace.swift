/// Where something stands in the configuration.
public struct SourcePlace: Hashable, Sendable {
    /// The file by the path that it was read from.
    public var file: String
    /// The line, counted from 1.
    public var line: Int

    /// A line of a file.
    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }
}

extension SourcePlace: CustomStringConvertible {
    /// `keepalived.conf:12`.
    public var description: String { "\(file):\(line)" }
}

/// A value together with where and how it was written.
struct Located<Value: Sendable>: Sendable {
    /// What the text means.
    var value: Value
    /// Where it stands.
    var place: SourcePlace
    /// The text itself.
    var text: String

    init(_ value: Value, at place: SourcePlace, text: String) {
        self.value = value
        self.place = place
        self.text = text
    }
}
