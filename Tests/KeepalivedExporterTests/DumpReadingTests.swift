import EngineMetrics
import KeepalivedExporter
import Testing

@Suite("Reading keepalived's dump files")
struct DumpReadingTests {
    @Test(
        "The text files give name, interface, identifier, state, addresses, counters and scripts, wherever these lines stand"
    )
    func text() throws {
        #expect(
            try TextDumpReading.report(data: Samples.data, statistics: Samples.statistics)
                == KeepalivedReport(instances: Samples.records, scripts: Samples.scripts))
    }

    @Test("JSON of version 1 and of version 2 give the same")
    func json() throws {
        #expect(try JSONDumpReading.report(Array(Samples.json.utf8)).instances == Samples.records)
        let second = "{\"vrrp\":\(Samples.json),\"track_process\":[]}"
        #expect(try JSONDumpReading.report(Array(second.utf8)).instances == Samples.records)
    }

    @Test("A configuration without instances is no error")
    func empty() throws {
        #expect(
            try TextDumpReading.report(data: "------< Global definitions >------\n", statistics: "").instances.isEmpty)
        #expect(try JSONDumpReading.report(Array("[]\n".utf8)).instances.isEmpty)
    }

    @Test("A file that is only half written is an error up to its last field, never a smaller number of instances")
    func halves() throws {
        let json = Array(Samples.json.utf8)
        for count in 0..<json.count - 1 {
            #expect(throws: DumpError.self) { try JSONDumpReading.report(Array(json.prefix(count))) }
        }
        let statistics = Samples.statistics
        for count in 0..<statistics.count - 5 {
            #expect(throws: DumpError.self) {
                try TextDumpReading.report(data: Samples.data, statistics: String(statistics.prefix(count)))
            }
        }
        let end = try #require(Samples.data.firstRange(of: "Router ID = 52")).lowerBound
        for count in 0..<Samples.data[..<end].count {
            #expect(throws: DumpError.self) {
                try TextDumpReading.report(data: String(Samples.data.prefix(count)), statistics: statistics)
            }
        }
    }

    @Test("Files of two moments do not fit together, and what is no number is named")
    func errors() {
        #expect(throws: DumpError.differentInstances) {
            try TextDumpReading.report(data: Samples.data, statistics: Samples.block("ns/web", from: 1))
        }
        #expect(throws: DumpError.noNumber(line: "    Sent: many")) {
            try TextDumpReading.report(
                data: Samples.data, statistics: Samples.statistics.replacing("Sent: 2\n", with: "Sent: many\n"))
        }
        #expect(throws: DumpError.noNumber(line: "Virtual Router ID = x")) {
            try TextDumpReading.report(
                data: Samples.data.replacing("ID = 51", with: "ID = x"), statistics: Samples.statistics)
        }
        #expect(throws: DumpError.missing("Address List", instance: "ns/web")) {
            try TextDumpReading.report(
                data: Samples.data, statistics: Samples.statistics.replacing("    Address List: 9\n", with: ""))
        }
    }

    @Test("A state that has no name here is none; an instance without interface has an empty one")
    func unknown() throws {
        let text = Samples.json.replacing("\"state\":1", with: "\"state\":97")
            .replacing("\"ifp_ifname\":\"eth0\",", with: "")
        let record = try #require(try JSONDumpReading.report(Array(text.utf8)).instances.first)
        #expect(record.state == nil && record.interface.isEmpty)
    }
}
