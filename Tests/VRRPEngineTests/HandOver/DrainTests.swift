import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

/// A node that is emptied: from the request on every address is on some node at every moment.
@Suite("Drained nodes")
struct DrainTests {
    private static let address = IPAddress.literal("192.0.2.100")

    /// Nodes with priorities of their own, of which `a` is active; at 30 s it is drained, and the network is watched.
    private static func lab(
        _ priorities: [Priority] = [200, 150, 100],
        _ change: @Sendable (inout VirtualRouterDefinition) -> Void = { _ in }
    ) -> Lab {
        var lab = Lab(seed: 11)
        for (place, priority) in priorities.enumerated() {
            let name = ["a", "b", "c"][place]
            lab.addNode(name, addresses: [HostAddress(stringLiteral: "192.0.2.\(place + 1)0/24")])
            lab.start(name, [.example(priority: priority, change)])
        }
        lab.run(until: 30.0)
        #expect(lab.activeNodes() == ["a"])
        lab.invariants.append(
            Invariant { lab, _ in lab.holders(of: address).isEmpty ? "nobody has the address" : nil })
        lab.setDrained(true, "a")
        return lab
    }

    private static func expect(_ lab: Lab, activeOn name: String) {
        #expect(lab.violation == nil, "\(lab.failureReport())")
        #expect(lab.activeNodes() == [name])
        #expect(lab.holders(of: address) == [name])
        #expect(lab.host.node(reachedAt: address) == name)
    }

    private static func priorities(of lab: Lab, since time: Nanoseconds) -> Set<UInt8> {
        Set(lab.adverts(from: "a", since: time).map(\.message.priority))
    }

    @Test("The best backup takes over, and the drained router stays a backup with the lowest priority")
    func handsOver() {
        var lab = Self.lab()
        lab.run(for: 10.0)
        Self.expect(lab, activeOn: "b")
        #expect(lab.state("a", "vr") == .backup)
        #expect(lab.router("a")?.priority == .lowest)
        #expect(Self.priorities(of: lab, since: 30.0 + .milliseconds(1)) == [1])
        lab.run(for: 60.0)
        Self.expect(lab, activeOn: "b")
    }

    @Test(
        "Backups that do not preempt follow priority 0",
        arguments: [Preemption.never, .delayed(.seconds(1000))])
    func hesitantBackups(_ preemption: Preemption) {
        var lab = Self.lab { $0.preemption = preemption }
        lab.run(for: 20.0)
        Self.expect(lab, activeOn: "b")
        #expect(Self.priorities(of: lab, since: 30.0 + .milliseconds(1)) == [1, 0])
        #expect(lab.router("a")?.departure == nil)
    }

    @Test("However long the interval, the drained router waits until the slowest backup can follow")
    func longInterval() {
        var lab = Lab(seed: 11)
        for (place, priority) in [200, 1].enumerated() as EnumeratedSequence<[Priority]> {
            let name = ["a", "b"][place]
            lab.addNode(name, addresses: [HostAddress(stringLiteral: "192.0.2.\(place + 1)0/24")])
            lab.start(
                name,
                [
                    .example(priority: priority) {
                        $0.advertisementInterval = .centiseconds(2000)
                        $0.preemption = .never
                    }
                ])
        }
        lab.run(until: 120.0)
        #expect(lab.activeNodes() == ["a"])
        lab.setDrained(true, "a")
        lab.run(for: 300.0)
        Self.expect(lab, activeOn: "b")
        #expect(Self.priorities(of: lab, since: 120.0 + .milliseconds(1)) == [1, 0])
    }

    @Test("Where nobody else is, the drained router is active all the time and keeps the address")
    func alone() {
        var lab = Self.lab([200])
        lab.run(for: 60.0)
        Self.expect(lab, activeOn: "a")
        #expect(lab.router("a")?.departure == nil)
        #expect(lab.router("a")?.reason == .reclaimed)
        #expect(Self.priorities(of: lab, since: 30.0 + .milliseconds(1)) == [1, 0])

        // Somebody comes: the address goes there, however much later.
        lab.addNode("b", addresses: ["192.0.2.20/24"])
        lab.start("b", [.example(priority: 5)])
        lab.run(for: 20.0)
        Self.expect(lab, activeOn: "b")
    }

    @Test("A drained backup takes over from nobody alone, and hands over to who comes back")
    func lastResort() {
        var lab = Self.lab([200, 150])
        lab.run(for: 10.0)
        Self.expect(lab, activeOn: "b")
        lab.invariants = []
        lab.crash("b")
        lab.run(for: 10.0)
        // What died has left its address behind, which is there until it starts again.
        #expect(lab.activeNodes() == ["a"])
        lab.start("b", [.example(priority: 150)])
        lab.run(for: 20.0)
        #expect(lab.activeNodes() == ["b"])
    }

    @Test("Undrained, the router takes part as it is defined", arguments: [true, false])
    func undrain(preempts: Bool) {
        var lab = Self.lab { $0.preemption = preempts ? .immediate : .never }
        lab.run(for: 20.0)
        Self.expect(lab, activeOn: "b")
        lab.setDrained(false, "a")
        lab.run(for: 20.0)
        Self.expect(lab, activeOn: preempts ? "a" : "b")
        #expect(lab.router("a")?.priority == 200)
    }

    @Test("Undrained before anybody has taken over, nothing has happened", arguments: [0.5, 2.0, 5.2])
    func changeOfMind(after seconds: Double) {
        var lab = Self.lab { $0.preemption = .never }
        lab.run(for: Nanoseconds(Int64(seconds * 1e9)))
        lab.setDrained(false, "a")
        lab.run(for: 20.0)
        #expect(lab.violation == nil, "\(lab.failureReport())")
        #expect(lab.activeNodes().count == 1)
        if seconds < 5 { Self.expect(lab, activeOn: "a") }
    }

    @Test("A reload changes nothing about it, and what it brings is drained as well")
    func reload() {
        var lab = Self.lab([200, 150])
        lab.run(for: 10.0)
        for name in ["a", "b"] {
            lab.change(name) {
                $0[0].priority = name == "a" ? 220 : 150
                $0.append(.example("two", id: 78, priority: name == "a" ? 220 : 150, addresses: ["192.0.2.150"]))
            }
        }
        lab.run(for: 20.0)
        Self.expect(lab, activeOn: "b")
        #expect(lab.activeNodes("two") == ["b"])
        #expect(lab.router("a")?.priority == .lowest)
    }

    @Test("An address owner is drained like any other, and owns again afterwards")
    func owner() {
        var lab = Self.lab([.addressOwner, 100])
        lab.run(for: 10.0)
        Self.expect(lab, activeOn: "b")
        lab.setDrained(false, "a")
        lab.run(for: 10.0)
        Self.expect(lab, activeOn: "a")
    }

    @Test("An address owner whose address is the node's own stays, for the node would have it as well as its successor")
    func ownerOfOwnAddress() {
        var lab = Lab(seed: 11)
        lab.addNode("a", addresses: ["192.0.2.100/24"])
        lab.addNode("b", addresses: ["192.0.2.20/24"])
        for (name, priority) in [("a", .addressOwner), ("b", 100)] as [(String, Priority)] {
            lab.start(name, [.example(priority: priority, addresses: ["192.0.2.100"])])
        }
        lab.run(until: 10.0)
        lab.setDrained(true, "a")
        lab.run(for: 30.0)
        Self.expect(lab, activeOn: "a")
        #expect(lab.router("a")?.priority == .addressOwner)
        #expect(lab.explain(.router("vr"), on: "a").first?.obstacles == [.ownAddress])
        #expect(lab.node("a").engine.holdingRouters == ["vr"])
        #expect(lab.node("a").engine.undrainableRouters == ["vr"])

        // Its interface loses the address: what the engine puts back is drained like any other.
        lab.removeAddress(Self.address, of: "a")
        lab.run(for: 30.0)
        Self.expect(lab, activeOn: "b")
        #expect(lab.node("a").engine.holdingRouters == [])
        #expect(lab.node("a").engine.undrainableRouters == [])
    }

    @Test("A sync group with such an owner stays as a whole")
    func groupOfOwner() {
        var bench = GroupBench()
        bench.lab.addNode("a", addresses: ["10.0.0.100/24"], segment: "net0")
        bench.lab.addInterface("eth1", to: "a", addresses: ["10.0.1.10/24"], segment: "net1")
        bench.lab.start("a", GroupBench.routers((.addressOwner, 200)), groups: [GroupBench.group])
        bench.start("b", (100, 100))
        bench.run(until: 10.0)
        bench.lab.setDrained(true, "a")
        bench.run(until: 40.0)
        #expect(bench.owners == [["a"], ["a"]])
        #expect(bench.lab.node("a").engine.undrainableRouters == ["one", "two"])
        #expect(bench.lab.router("a", "two")?.priority == 200)
    }

    @Test("A group that nobody takes over is announced as before")
    func groupThatNobodyWants() {
        var bench = GroupBench()
        bench.start("a", (100, 100)) { $0.announcements.refreshInterval = .seconds(5) }
        bench.run(until: 30.0)
        bench.lab.setDrained(true, "a")
        bench.run(until: 60.0)
        #expect(bench.owners == [["a"], ["a"]])
        let since = bench.lab.announcements(from: "a", since: 45.0)
        #expect(Set(since.map(\.announcement.address)) == [.literal("10.0.0.100"), .literal("10.0.1.100")])
    }

    @Test("A router that gave up and comes into a group meanwhile is active again where nobody takes over")
    func intoGroup() {
        var bench = GroupBench()
        bench.add("a")
        bench.lab.start("a", GroupBench.routers((100, 100)))
        bench.run(until: 10.0)
        bench.lab.setDrained(true, "a", HandOverPlan())
        while bench.lab.router("a", "one")?.departure?.phase != .resigned { bench.lab.run(for: 0.05) }
        #expect(bench.lab.router("a", "two")?.departure?.phase == .resigned)
        bench.lab.apply(GroupBench.routers((100, 100)), groups: [GroupBench.group], to: "a")
        let address = IPAddress.literal("10.0.0.100")
        bench.lab.invariants.append(
            Invariant { lab, _ in lab.holders(of: address).isEmpty ? "nobody has the address" : nil })
        bench.run(until: 40.0)
        #expect(bench.lab.violation == nil, "\(bench.lab.failureReport())")
        #expect(bench.owners == [["a"], ["a"]])
    }

    @Test("A sync group goes as a whole and stays together")
    func group() {
        var bench = GroupBench.atRest()
        #expect(bench.owners == [["a"], ["a"]])
        bench.lab.setDrained(true, "a")
        bench.run(until: 40.0)
        #expect(bench.owners == [["b"], ["b"]])
        #expect(bench.states("a") == [.backup, .backup])
        #expect(bench.lab.holders(of: .literal("10.0.0.100")) == ["b"])
        #expect(bench.lab.holders(of: .literal("10.0.1.100")) == ["b"])
        bench.lab.setDrained(false, "a")
        bench.run(until: 80.0)
        #expect(bench.owners == [["a"], ["a"]])
    }

    @Test(
        "A fault, a stop and a shutdown take everything away in each phase", arguments: Departure.Phase.allCases,
        [0, 1, 2])
    func ends(phase: Departure.Phase, end: Int) {
        var bench = Bench { $0.tracking.conditions = [TrackedCondition(.external("check"), effect: .fault)] }
        bench.lab.setTrackedObject("check", isGood: true, on: Bench.name)
        bench.run(until: 3.9)
        bench.lab.setDrained(true, Bench.name)
        switch phase {
        case .offering: bench.run(until: 5.0)
        case .resigned: bench.run(until: 9.0)
        case .lingering:
            bench.run(until: 5.0)
            bench.hear(priority: 200)
        }
        #expect(bench.snapshot.departure?.phase == phase)
        #expect(bench.lab.holders(of: Self.address) == [Bench.name])
        switch end {
        case 0: bench.lab.setTrackedObject("check", isGood: false, on: Bench.name)
        case 1: bench.lab.stop(Bench.name)
        default: bench.lab.shutDown(Bench.name)
        }
        bench.lab.run(for: 20.0)
        #expect(bench.lab.holders(of: Self.address) == [])
        guard end == 0 else { return }
        #expect(bench.state == .initialize)
        bench.lab.setTrackedObject("check", isGood: true, on: Bench.name)
        #expect(bench.state == .backup)
        #expect(bench.snapshot.priority == .lowest)
    }
}
