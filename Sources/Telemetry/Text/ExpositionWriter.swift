/// Writes families one after the other into one growing buffer.
struct ExpositionWriter {
    private let format: ExpositionFormat
    private var octets: [UInt8] = []

    init(_ format: ExpositionFormat) { self.format = format }

    mutating func write(_ family: MetricFamily) {
        let samples = family.samples
        guard !samples.isEmpty else { return }
        let (name, type) = headline(of: family)
        put("# HELP ")
        put(name)
        put(" ")
        put(ExpositionEscaping.escaped(family.help, quotes: format == .openMetrics))
        put("\n# TYPE ")
        put(name)
        put(" ")
        put(type)
        put("\n")
        for sample in samples {
            switch sample.value {
            case .number(let value): line(family.name, "", sample.labels, Number.text(value))
            case .histogram(let histogram): write(histogram, of: family.name, sample.labels)
            }
        }
    }

    /// All that was written.
    mutating func end() -> [UInt8] {
        if format == .openMetrics { put("# EOF\n") }
        return octets
    }

    /// OpenMetrics has `_total` behind the name of every counter's values and not in that of the family. A counter whose
    /// established name does without keeps it, as something of which no more is known.
    private func headline(of family: MetricFamily) -> (name: String, type: String) {
        let type = family.kind.rawValue
        guard format == .openMetrics, family.kind == .counter else { return (family.name, type) }
        let suffix = "_total"
        return family.name.hasSuffix(suffix)
            ? (String(family.name.dropLast(suffix.count)), type) : (family.name, "unknown")
    }

    private mutating func write(_ histogram: MetricHistogram, of name: String, _ labels: MetricLabels) {
        var total: UInt64 = 0
        for bucket in histogram.buckets {
            total &+= bucket.count
            line(name, "_bucket", labels, "\(total)", bound: Number.bound(bucket.upperBound))
        }
        total &+= histogram.beyond
        line(name, "_bucket", labels, "\(total)", bound: "+Inf")
        line(name, "_sum", labels, Number.text(histogram.sum))
        line(name, "_count", labels, "\(total)")
    }

    /// `le` stands behind the other labels.
    private mutating func line(
        _ name: String, _ suffix: String, _ labels: MetricLabels, _ value: String, bound: String? = nil
    ) {
        put(name)
        put(suffix)
        if !labels.text.isEmpty || bound != nil {
            put("{")
            put(labels.text)
            if let bound {
                if !labels.text.isEmpty { put(",") }
                put("le=\"")
                put(bound)
                put("\"")
            }
            put("}")
        }
        put(" ")
        put(value)
        put("\n")
    }

    private mutating func put(_ text: String) { octets.append(contentsOf: text.utf8) }
}

/// Numbers by the words of the formats.
private enum Number {
    /// Whole numbers without a fraction, and the formats' own words for what is no number.
    static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    /// A bound always has a fraction, as OpenMetrics wants it, so that it is the same label in both formats.
    static func bound(_ value: Double) -> String { "\(value)" }
}
