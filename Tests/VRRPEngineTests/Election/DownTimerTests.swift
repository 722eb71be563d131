import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("How many adverts may be missed")
struct DownTimerTests {
    @Test(
        "A backup takes over after as many intervals as may be missed, and the skew time",
        arguments: [
            (ProtocolVersion.v3, UInt8(1), 1.609_375), (.v3, 3, 3.609_375), (.v3, 5, 5.609_375),
            (.v3, 100, 100.609_375),
            (.v2, 1, 1.609_375), (.v2, 10, 10.609_375),
        ] as [(ProtocolVersion, UInt8, Nanoseconds)])
    func downTime(_ version: ProtocolVersion, _ count: UInt8, _ time: Nanoseconds) {
        var bench = Bench {
            $0.version = version
            $0.downTimerAdverts = count
        }
        #expect(bench.deadline == time)
        bench.run(until: 0.5)
        bench.hear(priority: 200)
        #expect(bench.deadline == 0.5 + time)
        bench.run(until: 0.5 + time - Nanoseconds(1))
        #expect(bench.state == .backup)
        bench.run(until: 0.5 + time)
        #expect(bench.state == .active)
    }

    @Test("The intervals are those learned from the active router")
    func learned() {
        var bench = Bench { $0.downTimerAdverts = 2 }
        bench.hear(priority: 200, interval: .centiseconds(300))
        // Twice 3 seconds, and 156/256 of 3 seconds.
        #expect(bench.deadline == 7.828_125)
    }

    @Test(
        "An active router listens first when it was late for as long as a backup may wait, and not before",
        arguments: [
            (UInt8(3), 2.9, 3.1), (6, 5.9, 6.1), (2, 1.9, 2.1),
            // Less than an interval late is never too late.
            (1, 1.9, 2.1),
        ] as [(UInt8, Nanoseconds, Nanoseconds)])
    func stalled(_ count: UInt8, _ inTime: Nanoseconds, _ tooLate: Nanoseconds) {
        for (pause, state) in [(inTime, VirtualRouterState.Name.active), (tooLate, .backup)] {
            var bench = Bench { $0.downTimerAdverts = count }
            let start = bench.becomeActive()
            bench.lab.at(start + 0.5) { $0.pause(Bench.name) }
            bench.lab.at(start + pause) { $0.resume(Bench.name) }
            bench.run(until: start + pause)
            #expect(bench.state == state, "\(count) \(pause)")
        }
    }

    @Test("A number that a reload changes counts from the next advert on")
    func reload() {
        var bench = Bench()
        bench.hear(priority: 200)
        bench.lab.change(Bench.name) { $0[0].downTimerAdverts = 5 }
        #expect(bench.deadline == 3.609_375)
        bench.run(until: 1.0)
        bench.hear(priority: 200)
        #expect(bench.deadline == 6.609_375)
    }

    @Test("Allowed is 1 to 100", arguments: [UInt8(0), 101])
    func limits(_ count: UInt8) {
        let router = VirtualRouterDefinition.example { $0.downTimerAdverts = count }
        #expect(throws: DefinitionError.self) { try Definitions(virtualRouters: [router]).validate() }
    }

    @Test("A planned stop waits for a backup that is slower, and leaves no gap")
    func plannedStop() {
        var lab = Lab()
        for (name, address, priority): (String, HostAddress, Priority) in [
            ("a", "192.0.2.10/24", 200), ("b", "192.0.2.20/24", 100),
        ] {
            lab.addNode(name, addresses: [address])
            lab.start(name, [.example(priority: priority) { $0.downTimerAdverts = 5 }])
        }
        lab.run(until: 10.0)
        #expect(lab.activeNodes() == ["a"])
        lab.invariants.append(Invariant { lab, _ in lab.activeNodes().isEmpty ? "nobody is active" : nil })
        lab.stop("a")
        lab.run(until: 30.0)
        #expect(lab.violation == nil, "\(lab.failureReport())")
        #expect(lab.activeNodes() == ["b"])
    }
}
