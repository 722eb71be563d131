/// Why a dump file is not, or not yet, what keepalived writes.
public enum DumpError: Error, Sendable, Equatable {
    /// The text is no JSON, or JSON of another shape.
    case notUnderstood(String)
    /// An instance has no line with this word.
    case missing(String, instance: String)
    /// A line has no whole number where there must be one.
    case noNumber(line: String)
    /// keepalived.data and keepalived.stats are not of the same moment.
    case differentInstances
}

extension DumpError: CustomStringConvertible {
    /// What is wrong, to stand behind the name of the file.
    public var description: String {
        switch self {
        case .notUnderstood(let reason): reason
        case .missing(let word, let instance): "the instance \(instance) has no \"\(word)\""
        case .noNumber(let line): "there is no number in \"\(line)\""
        case .differentInstances: "it has other instances than keepalived.data"
        }
    }
}
