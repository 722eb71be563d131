import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Interfaces that bounce")
struct InterfaceDelayTests {
    /// A router that tracks eth1, whose changes count after half a second down and two seconds up.
    private static func bench(
        _ interface: String = "eth1", down: Nanoseconds = 0.5, up: Nanoseconds = 2.0
    ) -> Bench {
        var bench = Bench { $0.tracking.conditions = [.init(.interface("eth1"), effect: .fault)] }
        bench.lab.configure(Bench.name) { $0.noticeDelay = .zero }
        bench.lab.addInterface("eth1", to: Bench.name)
        bench.run(until: 0.1)
        bench.lab.setInterfaceDelays([InterfaceDelay(interface: interface, down: down, up: up)], of: Bench.name)
        return bench
    }

    @Test("An interface counts as down, and as up again, when it has been for the delay, to the nanosecond")
    func delays() {
        var bench = Self.bench()
        bench.lab.setInterface("eth1", of: Bench.name, isRunning: false)
        bench.run(until: 0.599_999_999)
        #expect(bench.state == .backup)
        bench.run(until: 0.6)
        #expect(bench.snapshot.faults == [.trackedObject(.interface("eth1"))])
        bench.lab.setInterface("eth1", of: Bench.name, isRunning: true)
        bench.run(until: 2.599_999_999)
        #expect(bench.state == .initialize)
        bench.run(until: 2.6)
        #expect(bench.state == .backup)
    }

    @Test("What is undone within the delay never happened")
    func bounce() {
        var bench = Self.bench()
        let reports = bench.lab.reports(from: Bench.name).count
        for step in 0..<20 {
            bench.lab.setInterface("eth1", of: Bench.name, isRunning: step % 2 == 1)
            bench.run(until: .milliseconds(100 + 400 * Int64(step + 1)))
        }
        let later = bench.lab.reports(from: Bench.name).dropFirst(reports)
        #expect(later.allSatisfy { if case .faults = $0.report { false } else { true } })
        bench.lab.setInterface("eth1", of: Bench.name, isRunning: false)
        bench.run(until: 9.0)
        #expect(bench.state == .initialize)
    }

    @Test("An interface that is gone, one of another name, and one that the node began with count at once")
    func atOnce() {
        var other = Self.bench("eth9")
        other.lab.setInterface("eth1", of: Bench.name, isRunning: false)
        other.run(until: 0.2)
        #expect(other.state == .initialize)
        var gone = Self.bench()
        gone.lab.removeInterface("eth1", of: Bench.name)
        gone.run(until: 0.2)
        #expect(gone.state == .initialize)
        gone.lab.addInterface("eth1", to: Bench.name)
        gone.run(until: 0.3)
        #expect(gone.state == .backup)
    }

    @Test("Lost news, and definitions without the delay, are taken at their word")
    func resynchronization() {
        var bench = Self.bench()
        bench.lab.setInterface("eth1", of: Bench.name, isRunning: false)
        bench.run(until: 0.3)
        bench.lab.resynchronize(Bench.name)
        #expect(bench.state == .backup)
        bench.lab.setInterfaceDelays([], of: Bench.name)
        #expect(bench.state == .initialize)
    }

    @Test("A backup counts its interface as down before it takes the silence for that of the active router")
    func shortened() {
        var bench = Bench()
        bench.lab.configure(Bench.name) { $0.noticeDelay = .zero }
        bench.lab.setInterfaceDelays([InterfaceDelay(interface: "eth0", down: 100.0, up: 0.0)], of: Bench.name)
        bench.hear(priority: 200, every: 1.0, from: 0.5, until: 5.5)
        bench.run(until: 6.4)
        bench.lab.setInterface("eth0", of: Bench.name, isRunning: false)
        bench.run(until: 8.3)
        #expect(bench.state == .backup)
        bench.run(until: 8.4)
        #expect(bench.snapshot.faults == [.interfaceDown("eth0")])
        #expect(bench.adverts.isEmpty)
    }

    @Test("Active on an interface that bounces, a router keeps its addresses and sends nothing meanwhile")
    func active() {
        var bench = Bench()
        bench.lab.configure(Bench.name) { $0.noticeDelay = .zero }
        bench.lab.setInterfaceDelays([InterfaceDelay(interface: "eth0", down: 1.5, up: 1.5)], of: Bench.name)
        let start = bench.becomeActive()
        bench.run(until: start + 0.5)
        bench.lab.setInterface("eth0", of: Bench.name, isRunning: false)
        bench.run(until: start + 1.7)
        bench.lab.setInterface("eth0", of: Bench.name, isRunning: true)
        bench.run(until: start + 2.5)
        #expect(bench.state == .active)
        #expect(bench.advertMoments == [start, start + 2.0])
        #expect(bench.lab.holders(of: .literal("192.0.2.100")) == [Bench.name])
    }
}
