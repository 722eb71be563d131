import ControlProtocol
import Testing
import VRRP
import VRRPEngine

@Suite("Reports")
struct ReportTests {
    private static let peer = IPAddress("192.0.2.20")!
    private static let priority = Priority(rawValue: 150)!

    private static func transition(
        _ from: VirtualRouterState.Name, _ to: VirtualRouterState.Name, _ reason: TransitionReason,
        _ cause: SyncGroupCause? = nil
    ) -> Report {
        .transition(router: "VI_1", .init(from: from, to: to, reason: reason, cause: cause), priority: priority)
    }

    private static let cause = SyncGroupCause(group: "SG", member: "VI_2")

    private static let sentences: [(Report, String)] = [
        (
            transition(.backup, .active, .activeRouterSilent),
            "VI_1: backup → active (the active router was silent), priority 150"
        ),
        (
            transition(.backup, .active, .activeRouterResigned(peer)),
            "VI_1: backup → active (the active router 192.0.2.20 gave up), priority 150"
        ),
        (
            transition(.backup, .active, .preempted(peer)),
            "VI_1: backup → active (the active router 192.0.2.20 has a lower priority), priority 150"
        ),
        (
            transition(.active, .backup, .higherPriority(peer, priority: 200)),
            "VI_1: active → backup (192.0.2.20 has the higher priority 200), priority 150"
        ),
        (
            transition(.active, .backup, .higherAddress(peer)),
            "VI_1: active → backup (192.0.2.20 has the same priority and the higher address), priority 150"
        ),
        (
            transition(.active, .backup, .stalled(.milliseconds(7_250))),
            "VI_1: active → backup (it did not run for 7250 ms, so another router must be active), priority 150"
        ),
        (
            transition(.initialize, .active, .startedAsAddressOwner),
            "VI_1: initialize → active (it owns the addresses), priority 150"
        ),
        (
            transition(.initialize, .backup, .started),
            "VI_1: initialize → backup (it started and listens first), priority 150"
        ),
        (
            transition(.active, .initialize, .shutdown),
            "VI_1: active → initialize (it no longer takes part), priority 150"
        ),
        (
            transition(.backup, .active, .group(.takeOver), cause),
            "VI_1: backup → active (VI_2 of the same group SG took over), priority 150"
        ),
        (
            transition(.active, .backup, .group(.makeWay), cause),
            "VI_1: active → backup (VI_2 of the same group SG made way for a better router), priority 150"
        ),
        (
            transition(.active, .backup, .group(.listen), cause),
            "VI_1: active → backup (VI_2 of the same group SG did not run for too long), priority 150"
        ),
        (
            .faults(router: "VI_1", [.groupMember("VI_2")]),
            "VI_1: cannot take part: VI_2 of the same sync group cannot take part"
        ),
        (
            .handOver(router: "VI_1", .offered(insteadOf: priority, waiting: .seconds(5))),
            "VI_1: hands over: advertises priority 1 instead of 150 for at most 5 s"
        ),
        (
            .handOver(router: "VI_1", .resigned(after: .seconds(5), waiting: .milliseconds(1_250))),
            "VI_1: nobody has taken over within 5 s: gives up with priority 0, and keeps the addresses for at most 1.25 s"
        ),
        (
            .handOver(
                router: "VI_1", .takenOver(by: peer, after: .milliseconds(3_009), lingering: .milliseconds(100))),
            "VI_1: 192.0.2.20 has taken over after 3.009 s; the addresses stay for 100 ms"
        ),
        (.handOver(router: "VI_1", .left(isReplaced: true)), "VI_1: has left, its addresses are removed"),
        (
            .handOver(router: "VI_1", .left(isReplaced: false)),
            "VI_1: has left, its addresses are removed although nobody has taken over"
        ),
        (
            .faults(
                router: "VI_1",
                [
                    .interfaceMissing("a"), .interfaceDown("b"), .noHardwareAddress("c"), .noPrimaryAddress("d"),
                    .virtualInterfaceMissing("e"), .trackedObject(.interface("f")), .trackedObject(.external("g")),
                    .trackedObject(.number("h")), .sourceAddressMissing(.v4(IPv4Address(192, 0, 2, 1))),
                ]),
            "VI_1: cannot take part: interface a does not exist, interface b is down, "
                + "interface c has no hardware address, interface d has no address to send from, "
                + "virtual MAC interface e is not there yet, tracked interface f is down, tracked object g is bad, "
                + "tracked object h has a number that takes the router out, no interface has the source address 192.0.2.1"
        ),
        (.faults(router: "VI_1", []), "VI_1: nothing keeps it from taking part any more"),
        (
            .priorityChanged(router: "VI_1", from: .default, to: priority), "VI_1: priority 100 → 150"
        ),
        (
            .discarded(router: "VI_1", .checksum, source: peer),
            "VI_1: discarded an advert from 192.0.2.20: its checksum is wrong (checksum-errors)"
        ),
        (
            .warned(router: "VI_1", [.addressListDiffers, .intervalDiffers], source: peer),
            "VI_1: the advert from 192.0.2.20 lists other addresses than are configured here, or in another order, "
                + "and has another interval than is configured here, which is learned"
        ),
        (
            .conflict(router: "VI_1", .duplicateAddress(peer)),
            "VI_1: another router sends adverts from 192.0.2.20, this router's own address"
        ),
        (
            .conflict(router: "VI_1", .secondAddressOwner(peer)),
            "VI_1: 192.0.2.20 says that it owns the virtual addresses, as this router does"
        ),
        (
            .addressClaimed(router: "VI_1", peer, macAddress: MACAddress(rawValue: 0x0200_0000_0099)),
            "VI_1: 02:00:00:00:00:99 says that 192.0.2.20 is there, while this router is active"
        ),
        (
            .contestWon(router: "VI_1", priority: priority),
            "VI_1: a router of lower priority or address advertises as well; this one stays active, priority 150"
        ),
        (
            .addressRestored(router: "VI_1", peer), "VI_1: 192.0.2.20 was removed by somebody else and is put back"
        ),
        (
            .addressRefused(router: "VI_1", peer), "VI_1: the kernel refused 192.0.2.20; it is tried again"
        ),
        (
            .addressRestored(router: nil, peer), "static: 192.0.2.20 was removed by somebody else and is put back"
        ),
        (
            .addressRefused(router: nil, peer), "static: the kernel refused 192.0.2.20; it is tried again"
        ),
        (
            .routingRestored(router: "VI_1", entry: "rule 5: from all nop"),
            "VI_1: the rule 5: from all nop was removed by somebody else and is put back"
        ),
        (
            .routingRefused(router: nil, entry: "route default"),
            "static: the kernel refused the route default; it is tried again"
        ),
        (
            .faults(router: "VI_1", [.staticEntryMissing("route default")]),
            "VI_1: cannot take part: the static route default cannot be configured"
        ),
        (
            .strayRemoved(router: "VI_1", peer),
            "VI_1: 192.0.2.20 stands here although the router is not active, and is removed"
        ),
        (
            .leftoverRemoved(peer, interface: "eth0"),
            "192.0.2.20 on eth0 was left behind by a dead process and is removed"
        ),
    ]

    @Test("A report is one sentence", arguments: sentences)
    func sentence(report: Report, sentence: String) { #expect(report.description == sentence) }

    @Test("A report is the same on the other side of the socket", arguments: sentences.map(\.0))
    func roundTrip(report: Report) throws {
        let timed = TimedReport(time: WallTime(millisecondsSinceEpoch: 0), report: report)
        #expect(try ControlAnswer(line: ControlAnswer.report(timed).line) == .report(timed))
    }

    @Test("Every reason to discard travels", arguments: DiscardReason.allCases)
    func discards(reason: DiscardReason) throws {
        let report = Report.discarded(router: "VI_1", reason, source: Self.peer)
        let timed = TimedReport(time: WallTime(millisecondsSinceEpoch: 1), report: report)
        #expect(try ControlAnswer(line: ControlAnswer.report(timed).line) == .report(timed))
    }

    @Test("A line of watch has the time, the kind and the sentence")
    func line() {
        let report = Report.priorityChanged(router: "VI_1", from: .default, to: Self.priority)
        let timed = TimedReport(time: WallTime(millisecondsSinceEpoch: 1_000), report: report)
        #expect(
            String(decoding: ControlAnswer.report(timed).line, as: UTF8.self) == """
                {"ok":true,"report":{"time":"1970-01-01T00:00:01.000Z","kind":"priority-changed","router":"VI_1",\
                "from":100,"to":150,"text":"VI_1: priority 100 → 150"}}

                """)
    }

    private static let fields: [(Report, String)] = [
        (
            .transition(
                router: "VI 1",
                .init(
                    from: .active, to: .backup, reason: .higherPriority(peer, priority: 200), cause: nil,
                    peer: HeardAdvert(source: peer, priority: 200)), priority: priority),
            "from=active kind=transition peer=192.0.2.20 peerPriority=200 priority=150 reason=higher-priority "
                + "reasonPriority=200 reasonRouter=192.0.2.20 router=\"VI 1\" to=backup"
        ),
        (
            transition(.backup, .active, .group(.takeOver), cause),
            "from=backup kind=transition member=VI_2 priority=150 reason=group-took-over router=VI_1 syncGroup=SG to=active"
        ),
        (
            .faults(router: "VI_1", [.interfaceDown("eth0"), .noPeers]),
            "faults=interface-down:eth0,no-peers kind=faults router=VI_1"
        ),
        (
            .discarded(router: "VI_1", .checksum, source: peer),
            "counter=checksum-errors kind=discarded router=VI_1 source=192.0.2.20"
        ),
        (.handOver(router: "VI_1", .left(isReplaced: true)), "kind=hand-over replaced=true router=VI_1 step=left"),
        (
            .addressRestored(router: nil, peer), "address=192.0.2.20 kind=address-restored"
        ),
    ]

    @Test("A line of the log says the same for programs, under the names of the control socket", arguments: fields)
    func logFields(report: Report, text: String) {
        #expect("\(KeyValueText(report.logFields))" == text)
    }

    @Test("No value of a log line ends the line, or passes for another key")
    func quoting() {
        let pairs = ["a": "", "b": "x y", "c": "k=v", "d": "say \"no\"\\", "e": "1\n2\u{7}", "f": "plain/é-1"]
        #expect(
            "\(KeyValueText(pairs))" == #"a="" b="x y" c="k=v" d="say \"no\"\\" e="1\n2\u{07}" f=plain/é-1"#)
        #expect("\(KeyValueText([:]))" == "")
    }

    @Test("The reports of a running engine all travel")
    func engine() throws {
        for report in try SampleEngine().reports {
            let timed = TimedReport(time: WallTime(millisecondsSinceEpoch: 1), report: report)
            #expect(try ControlAnswer(line: ControlAnswer.report(timed).line) == .report(timed))
        }
    }

    @Test("A refusal travels, and what is no answer is named")
    func refusals() throws {
        #expect(
            String(decoding: ControlAnswer.failure("no \"x\"").line, as: UTF8.self)
                == "{\"ok\":false,\"error\":\"no \\\"x\\\"\"}\n")
        #expect(try ControlAnswer(line: ControlAnswer.failure("no").line) == .failure("no"))
        let error = #expect(throws: ControlAnswerError.self) {
            try ControlAnswer(line: Array(#"{"ok":true,"report":{"time":"2026-11-22T19:36:59Z"}}"#.utf8))
        }
        #expect(error?.description.contains("report.time is \"2026-11-22T19:36:59Z\"; allowed is a time as in") == true)
    }
}
