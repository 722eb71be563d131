import Telemetry
import Testing

@testable import StatusServer

@Suite("What the kernel says about a process")
struct ProcessTests {
    @Test("The fields are those of proc(5), whatever the program is called")
    func fields() throws {
        let statistics =
            "12 (a ) (b) S 1 12 12 0 -1 4194560 500 0 0 0 250 50 0 0 20 0 4 0 1000 9000000 300 18446744073709551615 1"
        let figures = ProcessFigures(
            statistics: statistics, system: "cpu 1 2\nbtime 1700000000\n", ticksPerSecond: 100, pageSize: 4096)
        #expect(figures?.processorSeconds == 3 && figures?.residentOctets == 1_228_800)
        #expect(figures?.virtualOctets == 9_000_000 && figures?.startTime == 1_700_000_010)
        for wrong in ["", "12 (a", "12 (a) S 1 2"] {
            let none = ProcessFigures(statistics: wrong, system: "btime 1\n", ticksPerSecond: 100, pageSize: 4096)
            #expect(none == nil)
        }
    }

    @Test("Of this process all is known, and it is served unless it was said otherwise")
    func served() async throws {
        #expect(Set(ProcessFamilies.families().map(\.name)) == Set(ProcessFamilies.catalogue.map(\.name)))
        try await withServer { port in
            let metrics = try await answer(port, "/metrics")
            #expect(metrics.body.contains("\nprocess_resident_memory_bytes "))
        }
        try await withServer(StatusServer.Content(metrics: { [] }, hasProcessMetrics: false)) { port in
            let metrics = try await answer(port, "/metrics")
            #expect(metrics.body.isEmpty)
        }
    }
}
