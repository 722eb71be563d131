import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("A process that did not run for a while")
struct LatenessTests {
    /// `a` with priority 200 is active, `b` with 100 and `c` with 50 are backups.
    private static func lab(_ change: (inout VirtualRouterDefinition) -> Void = { _ in }) -> Lab {
        var lab = Lab()
        for (name, address, priority): (String, HostAddress, Priority) in [
            ("a", "192.0.2.10/24", 200), ("b", "192.0.2.20/24", 100), ("c", "192.0.2.30/24", 50),
        ] {
            lab.addNode(name, addresses: [address])
            lab.start(name, [.example("vr", priority: priority, change)])
        }
        lab.run(until: 10.0)
        return lab
    }

    @Test("An active router that was late beyond its backups' patience listens before it speaks")
    func listensFirst() {
        var bench = Bench()
        let start = bench.becomeActive()
        bench.lab.at(start + 0.5) { $0.pause(Bench.name) }
        bench.lab.at(start + 5.0) { $0.resume(Bench.name) }
        bench.run(until: start + 5.0)
        #expect(bench.state == .backup)
        #expect(bench.snapshot.reason == .stalled(4.0))
        #expect(bench.adverts.count == 1)
        #expect(bench.lab.holders(of: .literal("192.0.2.100")) == [])
        // One interval and the skew time, and nobody was heard.
        #expect(bench.deadline == start + 6.609_375)
        bench.run(until: start + 6.609_375)
        #expect(bench.state == .active)
    }

    @Test("An active router that was late by less goes on")
    func goesOn() {
        var bench = Bench()
        let start = bench.becomeActive()
        bench.lab.at(start + 0.5) { $0.pause(Bench.name) }
        bench.lab.at(start + 2.9) { $0.resume(Bench.name) }
        bench.run(until: start + 3.5)
        #expect(bench.advertMoments == [start, start + 2.9])
        #expect(bench.state == .active)
    }

    @Test("An active router that wakes up takes over from its successor without a gap", arguments: [true, false])
    func noGapAfterPause(answersLowerPriority: Bool) {
        var lab = Self.lab { $0.interoperability.answersLowerPriority = answersLowerPriority }
        lab.pause("a")
        lab.run(until: 20.2)
        #expect(lab.activeNodes() == ["a", "b"])
        lab.invariants.append(Invariant { lab, _ in lab.activeNodes().isEmpty ? "nobody is active" : nil })
        lab.resume("a")
        #expect(lab.activeNodes() == ["b"])
        lab.run(until: 30.0)
        #expect(lab.violation == nil, "\(lab.failureReport())")
        #expect(lab.activeNodes() == ["a"])
        #expect(lab.holders(of: .literal("192.0.2.100")) == ["a"])
        #expect(lab.host.node(reachedAt: .literal("192.0.2.100")) == "a")
    }

    @Test("An active router that wakes up stays a backup where it does not preempt")
    func staysBackupWithoutPreemption() {
        var lab = Self.lab { $0.preemption = .never }
        lab.pause("a")
        lab.run(until: 20.2)
        lab.resume("a")
        lab.run(until: 40.0)
        #expect(lab.activeNodes() == ["b"])
    }

    @Test("A backup that was late takes what waited in its socket before its timer")
    func socketBeforeTimer() {
        var lab = Self.lab()
        lab.pause("b")
        lab.run(until: 20.5)
        lab.resume("b")
        lab.run(until: 30.0)
        #expect(lab.transitions(of: "b").count == 1)
    }

    @Test("A late backup that lost what waited for it listens for one more interval")
    func lateBackupListens() {
        var lab = Self.lab()
        lab.configure("b") { $0.socketCapacity = 0 }
        lab.pause("b")
        lab.run(until: 20.5)
        lab.resume("b")
        lab.run(until: 30.0)
        #expect(lab.transitions(of: "b").count == 1)
        #expect(lab.activeNodes() == ["a"])
    }

    @Test("A backup that is always late takes over all the same")
    func alwaysLate() {
        var bench = Bench { $0.advertisementInterval = .centiseconds(1) }
        for number in 0..<200 {
            let moment = Nanoseconds.milliseconds(50) * Int64(number)
            bench.lab.at(moment) { $0.pause(Bench.name) }
            bench.lab.at(moment + .milliseconds(45)) { $0.resume(Bench.name) }
        }
        bench.run(until: 1.0)
        #expect(bench.snapshot.statistics.becameActive > 0)
    }
}
