import Foundation
import Telemetry
import Testing

@testable import StatusServer

@Suite("The metrics of the process that serves")
struct ProcessTests {
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

    @Test("The start is the same moment at each scrape, and not long ago")
    func start() throws {
        func start() -> Double? {
            let sample = ProcessFamilies.families().first { $0.name == "process_start_time_seconds" }?.samples.first
            guard case .number(let seconds)? = sample?.value else { return nil }
            return seconds
        }
        let first = try #require(start())
        #expect(start() == first)
        let now = Date().timeIntervalSince1970
        #expect((now - 86_400...now + 1).contains(first))
    }
}
