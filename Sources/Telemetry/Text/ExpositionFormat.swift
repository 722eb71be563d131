/// The text formats in which metrics are served.
public enum ExpositionFormat: Sendable, Hashable, CaseIterable {
    /// Prometheus' own text format, version 0.0.4.
    case prometheusText
    /// OpenMetrics 1.0.
    case openMetrics

    /// The media type of the text.
    public var contentType: String {
        switch self {
        case .prometheusText: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    /// The format that suits a request's `Accept` header best; Prometheus' own where none does.
    ///
    /// Of several that suit equally well the first one named is taken.
    public init(accept: String?) {
        var best = (format: Self.prometheusText, quality: 0)
        for range in (accept ?? "").split(separator: ",").prefix(32) {
            let parts = range.split(separator: ";").map { $0.trimmed.lowercased() }
            guard let type = parts.first else { continue }
            let parameters = parts.dropFirst().map { $0.filter { $0 != "\"" } }
            let format: Self
            switch type {
            case "application/openmetrics-text":
                let version = parameters.first { $0.hasPrefix("version=") }
                guard [nil, "version=1.0.0", "version=0.0.1"].contains(version) else { continue }
                format = .openMetrics
            case "text/plain", "text/*", "*/*": format = .prometheusText
            default: continue
            }
            let quality = Self.quality(parameters.first { $0.hasPrefix("q=") })
            if quality > best.quality { best = (format, quality) }
        }
        self = best.format
    }

    /// The thousandths of a `q` parameter; 1000 without one, 0 for what is none.
    private static func quality(_ parameter: String?) -> Int {
        guard let text = parameter?.dropFirst(2) else { return 1000 }
        guard let value = Double(text), (0...1).contains(value) else { return 0 }
        return Int(value * 1000)
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = self
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
