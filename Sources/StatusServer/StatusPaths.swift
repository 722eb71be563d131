/// What is found under which path.
public struct StatusPaths: Sendable, Equatable {
    /// The metrics; `/metrics` unless it was said otherwise.
    public let metrics: String

    /// Whether the program works.
    public static let health = "/healthz"
    /// Whether the program does its job.
    public static let readiness = "/readyz"
    /// What the page shows, as JSON.
    public static let snapshot = "/page.json"
    /// What the page shows, whenever it changes, as server-sent events.
    public static let events = "/events"
    /// The page.
    static let page = "/"
    static let styles = "/page.css"
    static let script = "/page.js"

    /// The usual paths.
    public init() { metrics = "/metrics" }

    /// The usual paths but for that of the metrics, which may take the place of the page, `/`.
    public init(metrics: String) throws(StatusPathError) {
        let fixed = [Self.health, Self.readiness, Self.snapshot, Self.events, Self.styles, Self.script]
        guard metrics.hasPrefix("/"), metrics.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            !metrics.contains("?"), !metrics.contains("#")
        else { throw .noPath(metrics) }
        guard !fixed.contains(metrics) else { throw .taken(metrics) }
        self.metrics = metrics
    }
}

/// Why metrics cannot be served under a path.
public enum StatusPathError: Error, Sendable, Equatable {
    /// It is none.
    case noPath(String)
    /// Something else is served there.
    case taken(String)
}

extension StatusPathError: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String {
        switch self {
        case .noPath(let text):
            "\"\(text)\" is no path; allowed is one that begins with / and has neither spaces nor ? nor #"
        case .taken(let text): "\(text) is a path of the server itself; choose another one for the metrics"
        }
    }
}
