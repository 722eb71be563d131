/// How the values of a family behave, by the word of the exposition formats.
public enum MetricKind: String, Sendable {
    /// Only grows, and begins at zero when its process does.
    case counter
    /// Goes up and down.
    case gauge
    /// Counts observations by their size.
    case histogram
}
