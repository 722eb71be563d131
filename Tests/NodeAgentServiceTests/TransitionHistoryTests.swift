import ControlProtocol
import StatusServer
import Testing
import VRRP
import VRRPEngine

@testable import NodeAgentService

@Suite("The time line of a node's page")
struct TransitionHistoryTests {
    private static func time(_ seconds: Int64) -> WallTime {
        WallTime(millisecondsSinceEpoch: SampleStatus.start + seconds * 1000)
    }

    private static func change(
        _ router: String, _ from: VirtualRouterState.Name, _ to: VirtualRouterState.Name, _ reason: TransitionReason,
        after seconds: Int64
    ) -> TimedReport {
        let change = StateChange(from: from, to: to, reason: reason)
        return TimedReport(
            time: time(seconds), report: .transition(router: router, change, priority: Priority(rawValue: 200)!))
    }

    @Test("A change of a router's state stands there with both states, its reason and its time, the newest first")
    func changes() {
        var history = TransitionHistory()
        history.take(Self.change("web", .initialize, .backup, .started, after: 1))
        history.take(Self.change("web", .backup, .active, .activeRouterSilent, after: 2))
        #expect(
            history.transitions == [
                PageTransition(
                    time: PageTime(Self.time(2)), virtualRouter: "web", from: "backup", to: "active",
                    reason: "the active router was silent"),
                PageTransition(
                    time: PageTime(Self.time(1)), virtualRouter: "web", from: "initialize", to: "backup",
                    reason: TransitionReason.started.explanation),
            ])
    }

    @Test("Reports of anything else are passed over")
    func others() throws {
        var history = TransitionHistory()
        let address = try #require(IPAddress("192.0.2.1"))
        let reports: [Report] = [
            .addressRestored(router: "web", address), .faults(router: "web", []),
            .contestWon(router: "web", priority: Priority(rawValue: 200)!),
        ]
        for report in reports { history.take(TimedReport(time: Self.time(1), report: report)) }
        #expect(history.transitions.isEmpty)
    }

    @Test("Of very many the newest are kept")
    func length() {
        var history = TransitionHistory()
        for number in 0..<(TransitionHistory.longest + 20) {
            history.take(Self.change("router-\(number)", .backup, .active, .activeRouterSilent, after: Int64(number)))
        }
        #expect(history.transitions.count == TransitionHistory.longest)
        #expect(history.transitions.first?.virtualRouter == "router-\(TransitionHistory.longest + 19)")
        #expect(history.transitions.last?.virtualRouter == "router-20")
    }

    @Test("What vrrpd remembers stands there as well, each change once and where its time belongs")
    func remembered() {
        func event(_ sequence: UInt64, _ to: VirtualRouterState.Name) -> TimedReport {
            var event = Self.change("web", .backup, to, .activeRouterSilent, after: Int64(sequence))
            event.place = EventPlace(sequence: sequence, monotonic: Instant(0))
            return event
        }
        var history = TransitionHistory()
        history.take(event(3, .active))
        history.take(EventList(events: [event(1, .backup), event(2, .active), event(3, .active)], missed: 0, last: 3))
        #expect(history.transitions.map(\.time) == [3, 2, 1].map { PageTime(Self.time($0)) })
        #expect(history.lastSequence == 3)
        // The next process counts from the beginning.
        history.forgetSequences()
        #expect(history.lastSequence == 0)
        history.take(event(1, .active))
        #expect(history.transitions.count == 4)
    }

    @Test("A change that a sync group has decided names the member that did")
    func member() {
        var history = TransitionHistory()
        let change = StateChange(
            from: .backup, to: .active, reason: .group(.takeOver),
            cause: SyncGroupCause(group: "edge", member: "outside"))
        history.take(
            TimedReport(
                time: Self.time(1),
                report: .transition(router: "inside", change, priority: Priority(rawValue: 200)!)))
        #expect(history.transitions.first?.reason.contains("outside") == true)
    }

    @Test("A backup that hears another active router than before tells that move, by the names of the nodes")
    func moves() throws {
        var history = TransitionHistory()
        let before = try SampleStatus.node([SampleStatus.router("backup", active: "192.0.2.1")])
        let after = try SampleStatus.node([SampleStatus.router("backup", active: "192.0.2.2")], after: 7)
        let planned = [SampleStatus.name: try SampleStatus.planned()]
        history.take(after, after: before, planned: planned)
        history.take(after, after: after, planned: planned)
        #expect(
            history.transitions == [
                PageTransition(
                    time: PageTime(Self.time(7)), virtualRouter: SampleStatus.name, from: "n1", to: "n2",
                    reason: "n2 advertises as the active router")
            ])
        history.take(before, after: after, planned: [:])
        #expect(
            history.transitions.last?.from == "192.0.2.2", "of routers that are not planned the addresses are known")
    }

    @Test("Nodes whose addresses are not known are told by their priorities")
    func namesByPriority() throws {
        var history = TransitionHistory()
        let before = try SampleStatus.node([SampleStatus.router("backup", active: "192.0.2.1", activePriority: 254)])
        let after = try SampleStatus.node([SampleStatus.router("backup", active: "192.0.2.2", activePriority: 1)])
        let planned = [SampleStatus.name: try SampleStatus.planned(hasAddresses: false)]
        history.take(after, after: before, planned: planned)
        #expect(history.transitions.map(\.from) == ["n1"])
        #expect(history.transitions.map(\.to) == ["192.0.2.2"], "one that hands over says a priority of nobody")
    }

    @Test(
        "A change of its own state, the first active router that is heard, and a new router are no such moves",
        arguments: [
            ("active", "192.0.2.3", "backup", "192.0.2.1"), ("backup", "192.0.2.1", "active", "192.0.2.3"),
            ("backup", nil, "backup", "192.0.2.1"), ("backup", "192.0.2.1", "backup", nil),
            ("initialize", nil, "backup", "192.0.2.1"),
        ] as [(String, String?, String, String?)])
    func noMoves(state: String, active: String?, newState: String, newActive: String?) throws {
        var history = TransitionHistory()
        let before = try SampleStatus.node([SampleStatus.router(state, active: active)])
        let after = try SampleStatus.node([
            SampleStatus.router(newState, active: newActive),
            SampleStatus.router("backup", name: "new", active: "192.0.2.1"),
        ])
        history.take(after, after: before, planned: [:])
        history.take(after, after: nil, planned: [:])
        #expect(history.transitions.isEmpty)
    }
}
