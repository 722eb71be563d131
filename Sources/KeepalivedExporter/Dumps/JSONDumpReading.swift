public import EngineMetrics
import JSONDocument

/// Reads keepalived.json, version 1 and 2.
public enum JSONDumpReading {
    /// The instances in the file's order; it tells nothing of scripts.
    ///
    /// - Parameter octets: the whole file; half of one is an error.
    public static func report(_ octets: [UInt8]) throws(DumpError) -> KeepalivedReport {
        let root: JSONReader
        do { root = JSONReader(try JSONNode.parse(octets)) } catch { throw .notUnderstood("it is not JSON: \(error)") }
        do { return KeepalivedReport(instances: try list(root).elements(instance)) } catch {
            throw .notUnderstood("\(error)")
        }
    }

    /// Version 2 has the list of version 1 as one member among others.
    private static func list(_ root: JSONReader) throws(JSONFieldError) -> JSONReader {
        if case .object = root.node.content { return try root.member("vrrp") }
        return root
    }

    private static func instance(_ reader: JSONReader) throws(JSONFieldError) -> InstanceRecord {
        let data = try reader.member("data")
        let statistics = try reader.member("stats")
        var counters: [InstanceCounter: UInt64] = [:]
        for counter in InstanceCounter.allCases {
            let value = try statistics.optionalMember(counter.rawValue)?.integer(in: 0...Int64.max) ?? 0
            counters[counter] = UInt64(value)
        }
        var addresses: [InstanceAddress] = []
        for (member, isExcluded) in [("vips", false), ("evips", true)] {
            for line in try data.optionalMember(member)?.elements() ?? [] {
                InstanceAddress(line: try line.string(), isExcluded: isExcluded).map { addresses.append($0) }
            }
        }
        return InstanceRecord(
            name: try data.member("iname").string(),
            interface: try data.optionalMember("ifp_ifname")?.string() ?? "",
            virtualRouterID: try data.member("vrid").integer(),
            state: InstanceState(number: try data.member("state").integer()), counters: counters,
            addresses: addresses,
            announcementDelay: try data.optionalMember("garp_delay")?.integer() ?? 0)
    }
}
