import ControlProtocol
import JSONDocument
import Testing
import VRRP
import VRRPEngine

@Suite("The log of events")
struct EventLogTests {
    private static func report(_ number: Int) -> Report {
        .priorityChanged(router: "R\(number)", from: .lowest, to: .default)
    }

    private static func log(of count: Int, capacity: Int = 4) -> EventLog {
        var log = EventLog(capacity: capacity)
        for number in 0..<count {
            let event = log.take(
                report(number + 1), at: WallTime(millisecondsSinceEpoch: Int64(number)),
                monotonic: Instant(Int64(number) * 1_000_000))
            #expect(event.place?.sequence == UInt64(number + 1))
        }
        return log
    }

    @Test(
        "The newest events are kept, and how many are missing is known",
        arguments: [
            (0, 0, [], 0), (3, 0, [1, 2, 3], 0), (4, 0, [1, 2, 3, 4], 0), (5, 0, [2, 3, 4, 5], 1),
            (11, 0, [8, 9, 10, 11], 7), (11, 5, [8, 9, 10, 11], 2), (11, 7, [8, 9, 10, 11], 0), (11, 9, [10, 11], 0),
            (11, 11, [], 0), (3, 99, [], 0), (3, UInt64.max, [], 0),
        ] as [(Int, UInt64, [UInt64], UInt64)])
    func ring(count: Int, since: UInt64, numbers: [UInt64], missed: UInt64) {
        let list = Self.log(of: count).events(since: since)
        #expect(list.events.map { $0.place?.sequence } == numbers)
        #expect(list.events.map(\.report.router) == numbers.map { "R\($0)" })
        #expect(list.missed == missed)
        #expect(list.last == UInt64(count))
    }

    @Test("What tells of packets is passed on and not kept")
    func packets() {
        var log = EventLog()
        let source = IPAddress("192.0.2.20")!
        let event = log.take(
            .discarded(router: "R", .checksum, source: source), at: WallTime(millisecondsSinceEpoch: 0),
            monotonic: Instant(0))
        #expect(event.place == nil)
        #expect(log.events(since: 0).last == 0)
    }

    @Test("A list of events is the same on the other side of the socket")
    func roundTrip() throws {
        let list = Self.log(of: 6).events(since: 1)
        #expect(try ControlAnswer(line: ControlAnswer.events(list).line) == .events(list))
        let text = String(decoding: ControlAnswer.events(list).line, as: UTF8.self)
        #expect(
            text.hasPrefix(
                #"{"ok":true,"events":{"missed":1,"last":6,"events":[{"time":"1970-01-01T00:00:00.002Z","sequence":3,"#
                    + #""monotonicMilliseconds":2,"kind":"priority-changed","router":"R3""#), "\(text)")
    }

    @Test("A change of state is written with the router that had a part in it")
    func peer() throws {
        let change = StateChange(
            from: .backup, to: .active, reason: .activeRouterSilent,
            peer: HeardAdvert(source: IPAddress("192.0.2.20")!, priority: 200))
        let report = TimedReport(
            time: WallTime(millisecondsSinceEpoch: 0), report: .transition(router: "R", change, priority: .default))
        #expect(try ControlAnswer(line: ControlAnswer.report(report).line) == .report(report))
        #expect(report.json.text().contains(#""peer":{"address":"192.0.2.20","priority":200}"#))
    }
}
