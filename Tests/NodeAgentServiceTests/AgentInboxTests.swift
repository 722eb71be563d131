import ControlProtocol
import Testing
import VRRP
import VRRPEngine

@testable import NodeAgentService

@Suite("What has come to an agent and was not looked at yet")
struct AgentInboxTests {
    private static let report = EngineNews.reported(
        TimedReport(
            time: WallTime(millisecondsSinceEpoch: 0),
            report: .addressRestored(router: "a", IPAddress("192.0.2.1")!)))

    @Test("A flood of reports is cut, and what it says of vrrpd being there or not is kept in order")
    func flood() throws {
        let inbox = AgentInbox()
        for _ in 0..<20_000 { inbox.put(Self.report) }
        inbox.put(.lost(.timedOut))
        for _ in 0..<20_000 { inbox.put(Self.report) }
        inbox.put(.lost(.closed))
        let contents = inbox.take()
        let problems = contents.news.compactMap { news -> String? in
            if case .lost(let error) = news { "\(error)" } else { nil }
        }
        #expect(problems == ["\(ControlClientError.timedOut)", "\(ControlClientError.closed)"])
        #expect(contents.news.count <= 10_002)
        #expect(contents.isTicking, "what was cut is asked for")
        #expect(inbox.take().news.isEmpty)
    }
}
