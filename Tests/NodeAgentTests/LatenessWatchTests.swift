import ControlProtocol
import JSONDocument
import NodeAgent
import Testing
import VRRP
import VRRPEngine

@Suite("Whether vrrpd is late")
struct LatenessWatchTests {
    private static let start = ContinuousClock.now

    /// What vrrpd says that was late as often as `late` has it, by the bound of the bucket in milliseconds.
    private func status(
        intervals: [Int64] = [1000], late: [Int64: UInt64], processID: Int32 = 10, uptime: Nanoseconds = .seconds(3600)
    ) throws -> NodeStatus {
        let routers = intervals.map { interval in
            """
            {"name": "web", "interface": "eth0", "family": "ipv4", "virtualRouterID": 51, "version": 3,
            "state": "backup", "sinceSeconds": 1, "priority": 200, "definedPriority": 200, "destinations": [],
            "advertisementIntervalMilliseconds": \(interval), "timers": {}, "faults": [], "addresses": [],
            "counters": {}}
            """
        }
        let text = """
            {"time": "2026-01-01T00:00:00.000Z", "generation": 1, "daemon": {"version": "1", "processID": \(processID),
            "uptimeSeconds": \(uptime.rawValue / 1_000_000_000), "definitionsFile": "a",
            "lastLoad": {"time": "2026-01-01T00:00:00.000Z"}},
            "virtualRouters": [\(routers.joined(separator: ","))], "receivers": []}
            """
        var status = try NodeStatus(JSONReader(try JSONNode.parse(Array(text.utf8))))
        let bounds = LatencyHistogram.bounds.map { $0.rawValue / 1_000_000 }
        var counts = [UInt64](repeating: 0, count: bounds.count + 1)
        for (bound, count) in late { counts[bounds.firstIndex(of: bound) ?? bounds.count] = count }
        status.latencies.lateness = try #require(LatencyHistogram(counts: counts, sum: .zero))
        return status
    }

    @Test(
        "Late is what is surely later than two of the shortest intervals",
        arguments: [
            ([1000], 2500, false), ([1000], 5000, true), ([100], 250, false), ([100], 500, true), ([10], 25, false),
            ([10], 50, true), ([1000, 100], 500, true), ([5000], 10_000, false), ([5000], 20_000, true),
            ([], 10_000, false),
        ] as [([Int64], Int64, Bool)])
    func limit(intervals: [Int64], lateness: Int64, isLate: Bool) throws {
        var watch = LatenessWatch()
        watch.take(try status(intervals: intervals, late: [:]), at: Self.start)
        watch.take(try status(intervals: intervals, late: [lateness: 1]), at: Self.start + .seconds(10))
        #expect((watch.problem(at: Self.start + .seconds(10)) != nil) == isLate)
    }

    @Test("It is told for a minute after the last time, and says how late and what follows")
    func memory() throws {
        var watch = LatenessWatch()
        watch.take(try status(late: [:]), at: Self.start)
        #expect(watch.problem(at: Self.start) == nil)
        watch.take(try status(late: [5000: 1]), at: Self.start + .seconds(10))
        watch.take(try status(late: [5000: 1]), at: Self.start + .seconds(20))
        let problem = watch.problem(at: Self.start + .seconds(69))
        #expect(problem?.contains("more than 2500 ms late in the last 60 s") == true)
        #expect(watch.problem(at: Self.start + .seconds(70)) == nil)
        for second in stride(from: 70, through: 190, by: 40) {
            watch.take(try status(late: [5000: UInt64(second)]), at: Self.start + .seconds(second))
            #expect(watch.problem(at: Self.start + .seconds(second + 39)) != nil, "late again at \(second) s")
        }
    }

    @Test("What was counted before the first look is nobody's news; of a new process it is")
    func processes() throws {
        var watch = LatenessWatch()
        watch.take(try status(late: [5000: 7]), at: Self.start)
        #expect(watch.problem(at: Self.start) == nil)
        watch.take(try status(late: [5000: 2], processID: 11), at: Self.start + .seconds(1))
        #expect(watch.problem(at: Self.start + .seconds(1)) != nil)
        var fresh = LatenessWatch()
        fresh.take(try status(late: [5000: 1], uptime: .seconds(20)), at: Self.start)
        #expect(fresh.problem(at: Self.start) != nil)
    }

    @Test("A process that was started anew is another one, although it has the same number, as in a container")
    func sameNumber() throws {
        var watch = LatenessWatch()
        watch.take(try status(late: [5000: 7]), at: Self.start)
        watch.take(try status(late: [5000: 2], uptime: .seconds(5)), at: Self.start + .seconds(10))
        #expect(watch.problem(at: Self.start + .seconds(10)) != nil)
    }
}
