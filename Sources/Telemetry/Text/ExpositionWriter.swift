/// Writes families one after the other into one growing buffer.
struct ExpositionWriter {
    private let format: ExpositionFormat
    private var octets: [UInt8] = []

    init(_ format: ExpositionFormat) {
        self.format = format
        octets.reserveCapacity(65_536)
    }

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
            case .number(let value): line(family.name, "", sample) { writer in writer.put(value) }
            case .histogram(let histogram): write(histogram, of: family.name, sample)
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

    private mutating func write(_ histogram: MetricHistogram, of name: String, _ sample: MetricSample) {
        var total: UInt64 = 0
        for bucket in histogram.buckets {
            total &+= bucket.count
            // A bound always has a fraction, as OpenMetrics wants it, so that it is the same label in both formats.
            line(name, "_bucket", sample, bound: "\(bucket.upperBound)") { writer in writer.put("\(total)") }
        }
        total &+= histogram.beyond
        line(name, "_bucket", sample, bound: "+Inf") { writer in writer.put("\(total)") }
        line(name, "_sum", sample) { writer in writer.put(histogram.sum) }
        line(name, "_count", sample) { writer in writer.put("\(total)") }
    }

    /// A line with its value; `le` stands behind the other labels.
    private mutating func line(
        _ name: String, _ suffix: String, _ sample: MetricSample, bound: String? = nil,
        value: (inout ExpositionWriter) -> Void
    ) {
        put(name)
        put(suffix)
        var separator: UInt8 = UInt8(ascii: "{")
        if !sample.labels.text.isEmpty { put(sample.labels.text, after: &separator) }
        if !sample.further.text.isEmpty { put(sample.further.text, after: &separator) }
        if let bound {
            octets.append(separator)
            separator = UInt8(ascii: ",")
            put("le=\"")
            put(bound)
            put("\"")
        }
        if separator == UInt8(ascii: ",") { octets.append(UInt8(ascii: "}")) }
        octets.append(UInt8(ascii: " "))
        value(&self)
        octets.append(UInt8(ascii: "\n"))
    }

    private mutating func put(_ labels: String, after separator: inout UInt8) {
        octets.append(separator)
        separator = UInt8(ascii: ",")
        put(labels)
    }

    private mutating func put(_ text: String) { octets.append(contentsOf: text.utf8) }

    /// Whole numbers without a fraction, and the formats' own words for what is no number.
    private mutating func put(_ value: Double) {
        if value >= 0, value < 10, let digit = UInt8(exactly: value) {
            octets.append(UInt8(ascii: "0") + digit)
        } else if value.isNaN {
            put("NaN")
        } else if value.isInfinite {
            put(value < 0 ? "-Inf" : "+Inf")
        } else {
            put(Int64(exactly: value).map { "\($0)" } ?? "\(value)")
        }
    }
}
