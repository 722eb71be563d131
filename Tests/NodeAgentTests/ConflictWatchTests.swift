import ControlProtocol
import JSONDocument
import NodeAgent
import Testing
import VRRP

@Suite("Whether somebody else uses an identifier or an address")
struct ConflictWatchTests {
    private static func at(_ seconds: Int64) -> WallTime {
        WallTime(millisecondsSinceEpoch: 1_796_000_000_000 + seconds * 1000)
    }

    private static func process(_ number: Int32) -> EngineProcess {
        let daemon = DaemonStatus(
            version: "1", processID: number, startTime: nil, uptime: .seconds(1), definitionsFile: "a",
            lastLoad: DefinitionsLoad(time: at(0)))
        return EngineProcess(daemon, at: at(0))
    }

    private func router(_ counters: [String: Int64]) throws -> VirtualRouterStatus {
        let values = JSONValue.object(
            counters.sorted { $0.key < $1.key }.reduce(into: JSONObject()) { $0[$1.key] = .integer($1.value) })
        let text = """
            {"name": "web", "interface": "eth0", "family": "ipv4", "virtualRouterID": 51, "version": 3,
            "state": "active", "sinceSeconds": 1, "priority": 200, "definedPriority": 200, "destinations": [],
            "advertisementIntervalMilliseconds": 100, "timers": {}, "faults": [], "addresses": [],
            "counters": \(values.text())}
            """
        return try VirtualRouterStatus(JSONReader(try JSONNode.parse(Array(text.utf8))))
    }

    @Test(
        "Three within ten seconds are one, of adverts that cannot be right as well as of claims of an address",
        arguments: ["contests-won", "address-claims", "version-errors", "auth-failures"])
    func counted(_ counter: String) throws {
        var watch = ConflictWatch()
        watch.take(try router([counter: 10]), of: Self.process(1), at: Self.at(0))
        #expect(watch.conflict(at: Self.at(0)) == nil, "what was counted before the first look is no news")
        #expect(watch.take(try router([counter: 12]), of: Self.process(1), at: Self.at(1)) == 2)
        #expect(watch.conflict(at: Self.at(1)) == nil)
        #expect(watch.take(try router([counter: 13]), of: Self.process(1), at: Self.at(5)) == 1)
        let trouble = counter == "address-claims" ? RouterTrouble.otherHostHeard : .otherRouterHeard
        #expect(watch.conflict(at: Self.at(5)) == .init(trouble, since: Self.at(1)))
        #expect(watch.conflict(at: Self.at(64)) != nil && watch.conflict(at: Self.at(65)) == nil)
    }

    @Test("It goes on while signs come, with its first one as the beginning, and begins anew after an end")
    func goingOn() throws {
        var watch = ConflictWatch()
        for second in 0...100 as ClosedRange<Int64> {
            watch.take(try router(["contests-won": second]), of: Self.process(1), at: Self.at(second))
        }
        #expect(watch.conflict(at: Self.at(150))?.since == Self.at(1))
        #expect(watch.conflict(at: Self.at(161))?.since == nil)
        watch.take(try router(["contests-won": 110]), of: Self.process(1), at: Self.at(200))
        #expect(watch.conflict(at: Self.at(200))?.since == Self.at(200))
    }

    @Test("Few with long pauses are none, what other counters say is none, and a new process counts from 0")
    func none() throws {
        var watch = ConflictWatch()
        for second in stride(from: 0, through: 100, by: 6) as StrideThrough<Int64> {
            let counters = [
                "contests-won": second / 6, "advertisement-rcvd": second * 10, "interval-mismatches": second,
            ]
            watch.take(try router(counters), of: Self.process(1), at: Self.at(second))
            #expect(watch.conflict(at: Self.at(second)) == nil, "after \(second) s")
        }
        #expect(watch.take(try router(["contests-won": 4]), of: Self.process(2), at: Self.at(120)) == 4)
        #expect(watch.conflict(at: Self.at(120)) != nil)
    }

    @Test("A clock that is set back ends what was seen at a later time, and few signs stay few")
    func clockSetBack() throws {
        var watch = ConflictWatch()
        for second in 0...3 as ClosedRange<Int64> {
            watch.take(try router(["contests-won": second]), of: Self.process(1), at: Self.at(7200 + second))
        }
        #expect(watch.conflict(at: Self.at(7203)) != nil)
        for minute in 0...10 as ClosedRange<Int64> {
            let now = Self.at(minute * 60)
            watch.take(try router(["contests-won": 4 + minute]), of: Self.process(1), at: now)
            #expect(watch.conflict(at: now) == nil, "after \(minute) min")
        }
    }

    @Test("Counters of any size do no harm")
    func extremes() throws {
        var watch = ConflictWatch()
        watch.take(try router([:]), of: Self.process(1), at: Self.at(0))
        for counter in ["contests-won", "address-claims"] {
            watch.take(try router([counter: .max]), of: Self.process(1), at: Self.at(1))
        }
        #expect(watch.conflict(at: Self.at(1)) != nil)
    }
}
