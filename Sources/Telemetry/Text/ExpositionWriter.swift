/// Writes families one after the other into one growing buffer.
struct ExpositionWriter {
    private let format: ExpositionFormat
    private var octets: [UInt8] = []

    /// - Parameter capacity: how many octets there will be, about.
    init(_ format: ExpositionFormat, capacity: Int) {
        self.format = format
        octets.reserveCapacity(capacity)
    }

    mutating func write(_ family: MetricFamily) {
        guard family.count > 0 else { return }
        let (headline, type) = headline(of: family)
        put("# HELP ")
        put(headline)
        put(" ")
        put(ExpositionEscaping.escaped(family.help, quotes: format == .openMetrics))
        put("\n# TYPE ")
        put(headline)
        put(" ")
        put(type)
        put("\n")
        let name = Array(family.name.utf8)
        if let table = family.table, table.values.count == family.count, table.isInOrder {
            return write(table, of: name)
        }
        for sample in family.samples {
            switch sample.value {
            case .number(let value):
                begin(name, sample)
                put(value)
                octets.append(UInt8(ascii: "\n"))
            case .histogram(let histogram): write(histogram, of: name, sample)
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

    /// What surrounds the labels of a row is the same in each: it is put together once.
    private mutating func write(_ table: MetricTable, of name: [UInt8]) {
        let start = name + [UInt8(ascii: "{")]
        let ends = table.columns.map { column in
            (column.octets.isEmpty ? [] : [UInt8(ascii: ",")] + column.octets) + Array("} ".utf8)
        }
        let octetsOfRow = ends.reduce(0) { $0 + start.count + $1.count + Self.longestNumber + 1 }
        let octetsOfLabels = table.rows.labels.reduce(0) { $0 + $1.octets.count } * ends.count
        octets.append(addingCapacity: table.rows.labels.count * octetsOfRow + octetsOfLabels) { output in
            var place = 0
            for labels in table.rows.labels {
                for end in ends {
                    output.append(start)
                    output.append(labels.octets)
                    output.append(end)
                    output.append(table.values[place])
                    output.append(UInt8(ascii: "\n"))
                    place += 1
                }
            }
        }
    }

    private mutating func write(_ histogram: MetricHistogram, of name: [UInt8], _ sample: MetricSample) {
        var total: UInt64 = 0
        func bucket(_ bound: String, _ writer: inout Self) {
            writer.begin(name, sample, suffix: "_bucket", bound: bound)
            writer.put("\(total)\n")
        }
        for range in histogram.buckets {
            total &+= range.count
            // A bound always has a fraction, as OpenMetrics wants it, so that it is the same label in both formats.
            bucket("\(range.upperBound)", &self)
        }
        total &+= histogram.beyond
        bucket("+Inf", &self)
        begin(name, sample, suffix: "_sum")
        put(histogram.sum)
        put("\n")
        begin(name, sample, suffix: "_count")
        put("\(total)\n")
    }

    /// A line up to its value; `le` stands behind the other labels.
    private mutating func begin(
        _ name: [UInt8], _ sample: MetricSample, suffix: String = "", bound: String? = nil
    ) {
        octets.append(contentsOf: name)
        if !suffix.isEmpty { put(suffix) }
        var separator = UInt8(ascii: "{")
        let (labels, further) = (sample.labels.octets, sample.further.octets)
        if !labels.isEmpty {
            octets.append(separator)
            separator = UInt8(ascii: ",")
            octets.append(contentsOf: labels)
        }
        if !further.isEmpty {
            octets.append(separator)
            separator = UInt8(ascii: ",")
            octets.append(contentsOf: further)
        }
        if let bound {
            octets.append(separator)
            separator = UInt8(ascii: ",")
            put("le=\"")
            put(bound)
            put("\"")
        }
        if separator == UInt8(ascii: ",") { octets.append(UInt8(ascii: "}")) }
        octets.append(UInt8(ascii: " "))
    }

    private mutating func put(_ text: String) { octets.append(contentsOf: text.utf8) }

    private mutating func put(_ value: Double) {
        octets.append(addingCapacity: Self.longestNumber) { $0.append(value) }
    }

    /// The most octets that a number has: those of -2.2250738585072014e-308.
    private static let longestNumber = 24
}

extension OutputSpan<UInt8> {
    /// Appends octets as one block: nearly all of a text of many megabytes are names and labels, and an array that grows by each
    /// of them takes thrice the time.
    ///
    /// - Precondition: there is room for them.
    fileprivate mutating func append(_ octets: [UInt8]) {
        precondition(octets.count <= freeCapacity, "more was written than reckoned")
        withUnsafeMutableBufferPointer { memory, count in
            octets.withUnsafeBufferPointer { octets in
                _ = UnsafeMutableBufferPointer(rebasing: memory[count...]).initialize(from: octets)
            }
            count += octets.count
        }
    }

    /// Whole numbers without a fraction, and the formats' own words for what is no number.
    fileprivate mutating func append(_ value: Double) {
        if value >= 0, value < 10, let digit = UInt8(exactly: value) {
            append(UInt8(ascii: "0") + digit)
        } else if value.isNaN {
            append(Array("NaN".utf8))
        } else if value.isInfinite {
            append(Array((value < 0 ? "-Inf" : "+Inf").utf8))
        } else {
            append(Array((Int64(exactly: value).map { "\($0)" } ?? "\(value)").utf8))
        }
    }
}
