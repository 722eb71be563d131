import ControlProtocol
import Testing

@testable import NodeAgentService

@Suite("What is known of vrrpd")
struct EngineViewTests {
    @Test("Of two answers the later one counts, whichever comes first; a process that is new has no earlier one")
    func overtaking() throws {
        var view = EngineView()
        let (early, late) = (try SampleStatus.node([], after: 3), try SampleStatus.node([], after: 5))
        #expect(!view.isOutdated(early))
        view.connected(late)
        #expect(view.isOutdated(early))
        #expect(try !view.isOutdated(late) && !view.isOutdated(SampleStatus.node([], after: 6)))
        var another = early
        another.daemon.processID += 1
        #expect(!view.isOutdated(another))
    }

    @Test("A clock that is set back makes no answer an earlier one")
    func clockSetBack() throws {
        var view = EngineView()
        let before = try SampleStatus.node([], after: 3)
        view.connected(before)
        var status = try SampleStatus.node([], after: 5)
        status.time = WallTime(millisecondsSinceEpoch: before.time.millisecondsSinceEpoch - 3_600_000)
        status.daemon.startTime = WallTime(millisecondsSinceEpoch: SampleStatus.start - 1000)
        var last = before
        last.daemon.startTime = status.daemon.startTime
        view.answered(last)
        #expect(!view.isOutdated(status))
        view.answered(status)
        #expect(view.isOutdated(last))
    }
}
