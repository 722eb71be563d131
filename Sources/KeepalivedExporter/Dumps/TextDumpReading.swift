public import EngineMetrics
import VRRPEngine

/// Reads keepalived.data and keepalived.stats, which belong together: one has the states, the other the counters.
public enum TextDumpReading {
    /// The instances of both files, in their order, and the scripts.
    ///
    /// - Parameters:
    ///   - data: the whole keepalived.data; half of one is an error in all likelihood.
    ///   - statistics: the whole keepalived.stats.
    public static func report(data: String, statistics: String) throws(DumpError) -> KeepalivedReport {
        let blocks = DataBlock.blocks(of: data)
        let states = blocks.filter { $0.kind == .instance }
        let counters = try instances(ofStatistics: statistics)
        guard states.map(\.name) == counters.map(\.name) else { throw .differentInstances }
        var report = KeepalivedReport(instances: [])
        for (state, counters) in zip(states, counters) {
            report.instances.append(
                InstanceRecord(
                    name: state.name, interface: try state.interface(),
                    virtualRouterID: try state.virtualRouterID(),
                    state: InstanceState(rawValue: try state.value("State")), counters: counters.values,
                    addresses: state.addresses,
                    announcementDelay: state.values["Gratuitous ARP delay"].flatMap { Int64($0) } ?? 0))
        }
        for script in blocks where script.kind == .script {
            report.scripts.append(
                ScriptRecord(
                    name: script.name, isGood: script.values["Status"] == "GOOD",
                    phase: script.values["State"].flatMap(ScriptPhase.init(dumped:))))
        }
        return report
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
