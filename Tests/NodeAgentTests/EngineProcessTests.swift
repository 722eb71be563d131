import ControlProtocol
import NodeAgent
import Testing
import VRRP

@Suite("Telling one vrrpd from the next")
struct EngineProcessTests {
    private static let start = WallTime("2026-11-30T12:00:00.000Z")!

    private static func process(_ processID: Int32, startedAfter start: Int64, uptime: Int64, at time: Int64)
        -> EngineProcess
    {
        func at(_ milliseconds: Int64) -> WallTime {
            WallTime(millisecondsSinceEpoch: Self.start.millisecondsSinceEpoch + milliseconds)
        }
        let daemon = DaemonStatus(
            version: "1", processID: processID, startTime: at(start), uptime: .milliseconds(uptime),
            definitionsFile: "a",
            lastLoad: DefinitionsLoad(time: at(start)))
        return EngineProcess(daemon, at: at(time))
    }

    @Test("It is the same one when clocks are read a millisecond apart, and when somebody sets the clock")
    func same() {
        let process = Self.process(1, startedAfter: 0, uptime: 60_000, at: 60_000)
        #expect(Self.process(1, startedAfter: 0, uptime: 70_000, at: 70_001) == process)
        #expect(Self.process(1, startedAfter: 0, uptime: 70_000, at: 3_670_000) == process)
        #expect(Self.process(1, startedAfter: 0, uptime: 70_000, at: -3_530_000) == process)
    }

    @Test("Another number, and another start of the same number, are another one")
    func another() {
        let process = Self.process(1, startedAfter: 0, uptime: 60_000, at: 60_000)
        #expect(Self.process(2, startedAfter: 0, uptime: 60_000, at: 60_000) != process)
        #expect(Self.process(1, startedAfter: 59_000, uptime: 1000, at: 60_000) != process)
    }
}
