/// Prometheus' text exposition format, version 0.0.4.
public enum PrometheusText {
    /// The media type of the text.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// The families by name, each with its help, its type and its values; a family without values is left out.
    ///
    /// - Precondition: no two families have the same name.
    public static func text(of families: [MetricFamily]) -> String {
        precondition(Set(families.map(\.name)).count == families.count, "a name occurs twice")
        return families.sorted { $0.name < $1.name }.map(text).joined()
    }

    private static func text(of family: MetricFamily) -> String {
        let samples = family.samples
        guard !samples.isEmpty else { return "" }
        var text = "# HELP \(family.name) \(escaped(family.help, quotes: false))\n"
        text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
        for sample in samples { text += "\(family.name)\(self.text(of: sample.labels)) \(number(sample.value))\n" }
        return text
    }

    private static func text(of labels: MetricLabels) -> String {
        guard !labels.labels.isEmpty else { return "" }
        let pairs = labels.labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }
        return "{" + pairs.joined(separator: ",") + "}"
    }

    /// Backslashes and line feeds are escaped everywhere, double quotes where the text stands between some.
    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whole numbers without a fraction, and the format's own words for what is no number.
    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }
}
