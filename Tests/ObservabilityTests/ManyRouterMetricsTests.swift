import ControlProtocol
import EngineMetrics
import ProcessorClock
import Telemetry
import Testing
import VRRPEngine

@Suite("A scrape of 4,080 virtual routers", .timeLimit(.minutes(5)))
struct ManyRouterMetricsTests {
    private static func node(_ count: Int) throws -> SampleNode {
        var node = try SampleNode(routers: count)
        node.pass(5)
        return node
    }

    private static func text(_ report: EngineReport) -> [UInt8] {
        Exposition.octets(of: EngineMetrics.families(of: report))
    }

    /// The shortest processor time of several tries.
    private static func time(_ times: Int, _ body: () throws -> Void) rethrows -> Duration {
        try (0..<times).map { _ in try processorTime(of: body) }.min() ?? .zero
    }

    @Test(
        "promtool takes the text, with each virtual router in each family once",
        .enabled(if: Tool.promtool.isInstalled, "promtool is not installed"))
    func parses() async throws {
        let octets = Self.text(try Self.node(4080).report())
        // What one scrape keeps in memory, and sends.
        #expect(octets.count < 32 << 20, "\(octets.count)")
        let text = String(decoding: octets, as: UTF8.self)
        let result = try await Tool.promtool.run(["check", "metrics"], input: text)
        let complaints = result.output.split(separator: "\n").filter {
            !($0.hasPrefix("keepalived_vrrp_") && $0.hasSuffix(" counter metrics should have \"_total\" suffix"))
        }
        #expect(complaints.isEmpty, "\(complaints.prefix(5))")
        let lines = text.split(separator: "\n")
        for (name, count) in [
            ("vrrp_priority{", 4080), ("vrrp_state{", 4 * 4080), ("keepalived_vrrp_advert_sent{", 4080),
            ("keepalived_become_master_total{", 4080), ("keepalived_vrrp_state{", 4080),
        ] {
            #expect(lines.count { $0.hasPrefix(name) } == count, "\(name)")
        }
        #expect(Set(lines).count == lines.count, "no series is there twice")
    }

    @Test("It costs sixteen times as much as one of 255, with a reserve")
    func growth() throws {
        let (few, many) = (try Self.node(255).report(), try Self.node(4080).report())
        let small = Self.time(3) { #expect(!Self.text(few).isEmpty) }
        let large = Self.time(2) { #expect(!Self.text(many).isEmpty) }
        print("metrics of 255 virtual routers: \(small), of 4,080: \(large)")
        #expect(large < small * 32, "\(small) for 255, \(large) for 4,080")
    }

    @Test("The thread that sends adverts pays a small part of it: what is written down then is written by another one")
    func engine() throws {
        let node = try Self.node(4080)
        let snapshot = Self.time(3) { #expect(node.snapshot.routers.count == 4080) }
        let status = try #require(node.report().status)
        var line: [UInt8] = []
        let writing = Self.time(1) { line = ControlAnswer.status(status).line }
        var answer: ControlAnswer?
        let reading = try Self.time(1) { answer = try ControlAnswer(line: line) }
        #expect(answer == .status(status))
        print("snapshot of 4,080 virtual routers: \(snapshot), writing: \(writing), reading: \(reading)")
        #expect(snapshot * 10 < writing + reading)
        #expect(line.count < 32 << 20, "\(line.count)")
    }
}
