/// Metric families as text.
public enum Exposition {
    /// About how long a line is, so that the text need not move while it grows.
    private static let octetsOfLine = 96

    /// The families by name, each with its help, its type and its values; a family without values is left out.
    ///
    /// The same families give the same text, in whatever order they stand.
    ///
    /// - Precondition: no two families have the same name.
    public static func text(of families: [MetricFamily], format: ExpositionFormat = .prometheusText) -> String {
        String(decoding: octets(of: families, format: format), as: UTF8.self)
    }

    /// The same as UTF-8.
    ///
    /// - Precondition: no two families have the same name.
    public static func octets(of families: [MetricFamily], format: ExpositionFormat = .prometheusText) -> [UInt8] {
        precondition(Set(families.map(\.name)).count == families.count, "a name occurs twice")
        let count = families.reduce(0) { $0 + $1.count }
        var writer = ExpositionWriter(format, capacity: 65_536 + count * octetsOfLine)
        for family in families.sorted(by: { $0.name < $1.name }) { writer.write(family) }
        return writer.end()
    }
}
