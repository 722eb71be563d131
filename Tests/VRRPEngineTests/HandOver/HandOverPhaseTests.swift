import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

/// One router, and forged adverts of those that take over from it.
@Suite("The phases of a hand-over")
struct HandOverPhaseTests {
    static let address = IPAddress.literal("192.0.2.100")

    /// A router that became active at 3.609375 s and is stopped at 4 s.
    static func stopped(
        _ plan: HandOverPlan = HandOverPlan(), _ change: (inout VirtualRouterDefinition) -> Void = { _ in }
    ) -> Bench {
        var bench = Bench(change)
        bench.becomeActive()
        bench.run(until: 4.0)
        bench.lab.stop(Bench.name, plan)
        return bench
    }

    /// The adverts since the stop: when, and with which priority.
    static func adverts(_ bench: Bench) -> [Said] {
        bench.lab.adverts(from: Bench.name, since: 4.0).map { Said($0.moment - .zero, $0.message.priority) }
    }

    struct Said: Hashable {
        var moment: Nanoseconds
        var priority: UInt8

        init(_ moment: Nanoseconds, _ priority: UInt8) { (self.moment, self.priority) = (moment, priority) }
    }

    static func steps(_ bench: Bench) -> [HandOverStep] {
        bench.lab.reports(from: Bench.name, since: 4.0).compactMap { _, report in
            guard case .handOver(_, let step) = report else { return nil }
            return step
        }
    }

    @Test("Offering: it says priority 1 at once and on schedule, stays active, and keeps its addresses")
    func offering() {
        var bench = Self.stopped()
        #expect(bench.snapshot.departure?.phase == .offering)
        #expect(bench.snapshot.departure?.until == Instant.zero + 9.0)
        bench.run(until: 7.0)
        #expect(Self.adverts(bench) == [.init(4.0, 1), .init(4.609_375, 1), .init(5.609_375, 1), .init(6.609_375, 1)])
        #expect(bench.state == .active)
        #expect(bench.snapshot.priority == .lowest)
        #expect(bench.lab.holders(of: Self.address) == [Bench.name])
        #expect(Self.steps(bench) == [.offered(insteadOf: 100, waiting: 5.0)])
    }

    @Test("Offering: what is better is what RFC 9568 calls so: a worse advert is answered and changes nothing")
    func worseRouter() {
        var bench = Self.stopped()
        bench.run(until: 5.0)
        bench.hear(priority: 1, from: Bench.lower)
        #expect(bench.snapshot.departure?.phase == .offering)
        #expect(Self.adverts(bench).last == .init(5.0, 1))
        bench.hear(priority: 1, from: Bench.higher)
        #expect(bench.snapshot.departure?.phase == .lingering)
    }

    @Test("Offering: addresses are not refreshed any more, so that hosts believe the successor's announcement")
    func noRefresh() {
        var bench = Self.stopped { $0.announcements.refreshInterval = .seconds(1) }
        bench.run(until: 8.9)
        let plan: [Nanoseconds] = [4.809_375, 6.009_375, 8.609_375]
        let heard: [Nanoseconds] = bench.lab.announcements(from: Bench.name, since: 4.0).map { $0.moment - .zero }
        #expect(Set(heard).isSubset(of: plan))
    }

    @Test(
        "Lingering: after a better advert it is silent, keeps its addresses for the time given, and is gone",
        arguments: [0.0, 0.1, 2.0] as [Nanoseconds])
    func lingering(time: Nanoseconds) {
        var plan = HandOverPlan()
        plan.lingerTime = time
        var bench = Self.stopped(plan)
        bench.run(until: 6.0)
        bench.hear(priority: 50)
        if time > .zero {
            #expect(bench.state == .initialize)
            #expect(bench.snapshot.departure?.phase == .lingering)
            #expect(bench.snapshot.reason == .higherPriority(Bench.higher, priority: 50))
            bench.run(until: 6.0 + time - .milliseconds(1))
            #expect(bench.lab.holders(of: Self.address) == [Bench.name])
        }
        bench.run(until: 20.0)
        #expect(Self.removal(bench) == 6.0 + time)
        #expect(!bench.lab.node(Bench.name).isRunning)
        #expect(bench.lab.holders(of: Self.address) == [])
        #expect(Self.adverts(bench).last == .init(5.609_375, 1))
        #expect(bench.lab.announcements(from: Bench.name, since: 6.0).isEmpty)
        #expect(
            Self.steps(bench) == [
                .offered(insteadOf: 100, waiting: 5.0),
                .takenOver(by: Bench.higher, after: 2.0, lingering: time), .left(isReplaced: true),
            ])
    }

    @Test("Lingering: what is heard meanwhile changes nothing, not even that the successor gives up")
    func silenceOfTheSuccessor() {
        var bench = Self.stopped { $0.advertisementInterval = .centiseconds(1) }
        bench.hear(priority: 50, interval: .centiseconds(1))
        bench.hear(priority: 0, interval: .centiseconds(1))
        bench.run(until: 4.099)
        #expect(bench.lab.holders(of: Self.address) == [Bench.name])
        bench.run(until: 5.0)
        #expect(Self.adverts(bench) == [.init(4.0, 1)])
        #expect(Self.removal(bench) == 4.1)
    }

    struct Waits: Sendable, CustomTestStringConvertible {
        var family = AddressFamily.ipv4
        var version: ProtocolVersion
        var centiseconds: Int
        var offering: Nanoseconds
        var resigned: Nanoseconds

        var testDescription: String { "\(family), v\(version.rawValue), \(centiseconds) cs" }
    }

    @Test(
        "Nobody is better in time: priority 0 once, and the addresses stay for the longest skew and 250 ms",
        arguments: [
            Waits(version: .v3, centiseconds: 1, offering: 0.29, resigned: 0.26),
            Waits(version: .v3, centiseconds: 10, offering: 0.65, resigned: 0.35),
            Waits(version: .v3, centiseconds: 100, offering: 5.0, resigned: 1.25),
            Waits(family: .ipv6, version: .v3, centiseconds: 100, offering: 5.0, resigned: 1.25),
            Waits(version: .v3, centiseconds: 300, offering: 10.0, resigned: 3.25),
            Waits(version: .v3, centiseconds: 4095, offering: 10.0, resigned: 10.0),
            Waits(version: .v2, centiseconds: 100, offering: 5.0, resigned: 1.25),
            Waits(version: .v2, centiseconds: 200, offering: 9.0, resigned: 1.25),
        ])
    func resigning(_ waits: Waits) {
        var bench = Bench(
            .example("vr", family: waits.family) {
                $0.version = waits.version
                $0.advertisementInterval = .centiseconds(waits.centiseconds)
            })
        let address = bench.router.addresses[1].address
        let start = bench.becomeActive()
        bench.lab.stop(Bench.name)
        let end = start + waits.offering
        bench.run(until: end - .milliseconds(1))
        #expect(bench.state == .active)
        #expect(bench.adverts.dropFirst().allSatisfy { $0.message.priority == 1 })
        bench.run(until: end)
        #expect(bench.state == .initialize)
        #expect(bench.snapshot.departure?.phase == .resigned)
        #expect(bench.adverts.last?.message.priority == 0)
        #expect(bench.adverts.last?.moment == Instant.zero + end)
        bench.run(until: end + waits.resigned - .milliseconds(1))
        #expect(bench.lab.holders(of: address) == [Bench.name])
        bench.run(until: end + 20.0)
        #expect(Self.removal(bench) == end + waits.resigned)
        #expect(bench.adverts.count { $0.message.priority == 0 } == 1)
        #expect(!bench.lab.node(Bench.name).isRunning)
    }

    @Test(
        "Resigned: whoever advertises is the successor, be its priority 1 and its address lower", arguments: [1, 200])
    func successorOfResigned(priority: UInt8) {
        var bench = Self.stopped()
        bench.run(until: 9.5)
        bench.hear(priority: 0, from: Bench.lower)
        #expect(bench.snapshot.departure?.phase == .resigned)
        bench.hear(priority: priority, from: Bench.lower)
        #expect(bench.snapshot.departure?.phase == .lingering)
        bench.run(until: 12.0)
        #expect(Self.removal(bench) == 9.6)
        #expect(
            Self.steps(bench) == [
                .offered(insteadOf: 100, waiting: 5.0), .resigned(after: 5.0, waiting: 1.25),
                .takenOver(by: Bench.lower, after: 5.5, lingering: 0.1), .left(isReplaced: true),
            ])
    }

    @Test("The time to take over is configurable", arguments: [0.5, 30.0] as [Nanoseconds])
    func timeout(_ timeout: Nanoseconds) {
        var plan = HandOverPlan()
        plan.timeout = timeout
        var bench = Self.stopped(plan)
        bench.run(until: 60.0)
        #expect(Self.adverts(bench).last == .init(4.0 + timeout, 0))
        #expect(Self.removal(bench) == 5.25 + timeout)
    }

    /// When the address was removed; nil while it has not been.
    static func removal(_ bench: Bench) -> Nanoseconds? {
        bench.lab.trace.entries.first {
            $0.occurrence == .addressRemoved(bench.router.addresses[1].address, wasThere: true)
        }
        .map { $0.moment - .zero }
    }
}
