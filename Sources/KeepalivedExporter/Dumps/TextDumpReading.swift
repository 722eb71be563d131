public import EngineMetrics

/// Reads keepalived.data and keepalived.stats, which belong together: one has the states, the other the counters.
public enum TextDumpReading {
    /// The instances of both files, in their order.
    ///
    /// - Parameters:
    ///   - data: the whole keepalived.data; half of one is an error in all likelihood.
    ///   - statistics: the whole keepalived.stats.
    public static func instances(data: String, statistics: String) throws(DumpError) -> [InstanceRecord] {
        let states = instances(ofData: data)
        let counters = try instances(ofStatistics: statistics)
        guard states.map(\.name) == counters.map(\.name) else { throw .differentInstances }
        var records: [InstanceRecord] = []
        for (state, counters) in zip(states, counters) {
            records.append(
                InstanceRecord(
                    name: state.name, interface: try state.interface(),
                    virtualRouterID: try state.virtualRouterID(),
                    state: InstanceState(rawValue: try state.value("State")), counters: counters.values))
        }
        return records
    }

    // MARK: keepalived.data

    /// An instance with its lines `   key = value`, wherever in its block they stand.
    private struct DataBlock {
        let name: String
        var values: [Substring: Substring] = [:]

        func value(_ key: String) throws(DumpError) -> String {
            guard let value = values[key[...]] else { throw .missing(key, instance: name) }
            return String(value)
        }

        /// The name alone: behind it may stand what a virtual MAC interface lies on.
        func interface() throws(DumpError) -> String { String(try value("Interface").prefix { $0 != "," }) }

        func virtualRouterID() throws(DumpError) -> Int64 {
            let text = try value("Virtual Router ID")
            guard let number = Int64(text) else { throw .noNumber(line: "Virtual Router ID = \(text)") }
            return number
        }
    }

    private static func instances(ofData text: String) -> [DataBlock] {
        var blocks: [DataBlock] = []
        var isInside = false
        for line in text.split(separator: "\n") {
            if line.hasPrefix(" VRRP Instance = ") {
                blocks.append(DataBlock(name: String(line.dropFirst(" VRRP Instance = ".count))))
                isInside = true
            } else if !line.hasPrefix("  ") {
                isInside = false
            } else if isInside, line.hasPrefix("   "), !line.hasPrefix("    "), let sign = line.firstRange(of: " = ") {
                let key = line[..<sign.lowerBound].dropFirst(3)
                let last = blocks.count - 1
                if blocks[last].values[key] == nil { blocks[last].values[key] = line[sign.upperBound...] }
            }
        }
        return blocks
    }

    // MARK: keepalived.stats

    private struct StatisticsBlock {
        let name: String
        var values: [InstanceCounter: UInt64] = [:]
    }

    private static let counters = Dictionary(uniqueKeysWithValues: InstanceCounter.allCases.map { ($0.place, $0) })

    private static func instances(ofStatistics text: String) throws(DumpError) -> [StatisticsBlock] {
        var blocks: [StatisticsBlock] = []
        var headline = ""
        for line in text.split(separator: "\n") {
            if line.hasPrefix("VRRP Instance: ") {
                blocks.append(StatisticsBlock(name: String(line.dropFirst("VRRP Instance: ".count))))
                headline = ""
                continue
            }
            guard !blocks.isEmpty, let colon = line.lastIndex(of: ":") else { continue }
            let isMember = line.hasPrefix("    ")
            let word = String(line[..<colon].drop { $0 == " " })
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            if !isMember { headline = "" }
            if !isMember, value.isEmpty {
                headline = word
            } else if let counter = counters[StatisticsPlace(headline, word)] {
                guard let number = UInt64(value) else { throw .noNumber(line: String(line)) }
                blocks[blocks.count - 1].values[counter] = number
            }
        }
        for block in blocks {
            for counter in InstanceCounter.allCases where block.values[counter] == nil {
                throw .missing(counter.place.word, instance: block.name)
            }
        }
        return blocks
    }
}
