import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("A delay after the start")
struct StartDelayTests {
    private static func lab(_ priority: Priority = 100, startingAt time: Nanoseconds = .zero, policy: NodePolicy) -> Lab
    {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.at(time) { $0.start("a", [.example(priority: priority)], policy: policy) }
        return lab
    }

    private static func policy(startDelay: Nanoseconds = .zero, delayAfterBoot: Nanoseconds = .zero) -> NodePolicy {
        var policy = NodePolicy()
        policy.startDelay = startDelay
        policy.delayAfterBoot = delayAfterBoot
        return policy
    }

    @Test(
        "Nothing is sent before the delay is over, and the timers start then",
        arguments: [(100, 3.609_375), (255, 0.0)] as [(Priority, Nanoseconds)])
    func silence(_ priority: Priority, _ wait: Nanoseconds) {
        var lab = Self.lab(priority, policy: Self.policy(startDelay: 20.0))
        lab.run(until: 19.999)
        #expect(lab.state("a") == .initialize)
        #expect(lab.router("a")?.faults == [.startDelayed])
        #expect(lab.adverts(from: "a").isEmpty)
        lab.run(until: 25.0)
        #expect(lab.adverts(from: "a").first?.moment == Instant.zero + 20.0 + wait)
        #expect(lab.router("a")?.faults == [])
    }

    @Test("What is received meanwhile does not count")
    func deafness() {
        var lab = Self.lab(policy: Self.policy(startDelay: 20.0))
        lab.at(10.0) {
            $0.inject(ForgedAdvertisement(for: .example(), from: .literal("192.0.2.20"), priority: 200), into: "a")
        }
        lab.run(until: 20.0)
        #expect(lab.router("a")?.statistics.advertisementsReceived == 0)
        lab.run(until: 24.0)
        #expect(lab.activeNodes() == ["a"])
    }

    @Test(
        "A delay after boot counts from the start of the node, and not at all when that was long ago",
        arguments: [(0.0, 30.0), (12.0, 30.0), (40.0, 40.0)] as [(Nanoseconds, Nanoseconds)])
    func boot(_ start: Nanoseconds, _ taking: Nanoseconds) {
        var lab = Self.lab(startingAt: start, policy: Self.policy(delayAfterBoot: 30.0))
        lab.run(until: 60.0)
        #expect(lab.adverts(from: "a").first?.moment == Instant.zero + taking + 3.609_375)
    }

    @Test("The longer of both delays counts")
    func both() {
        let policy = Self.policy(startDelay: 5.0, delayAfterBoot: 7.0)
        let now = Instant.zero + 100.0
        #expect(policy.earliestStart(startingAt: now, uptime: 1.0) == now + 6.0)
        #expect(policy.earliestStart(startingAt: now, uptime: 3.0) == now + 5.0)
        #expect(NodePolicy().earliestStart(startingAt: now, uptime: 3.0) == now)
    }

    @Test("A reload within the delay does not end it, and one after it begins none")
    func reload() {
        var lab = Self.lab(policy: Self.policy(startDelay: 20.0))
        lab.at(5.0) { $0.change("a") { $0[0].priority = 200 } }
        lab.run(until: 19.0)
        #expect(lab.router("a")?.faults == [.startDelayed])
        lab.run(until: 30.0)
        lab.change("a") { $0[0].priority = 150 }
        #expect(lab.activeNodes() == ["a"])
    }

    @Test("The members of a sync group wait together")
    func group() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.start(
            "a",
            [.example("one", id: 1, addresses: ["192.0.2.101"]), .example("two", id: 2, addresses: ["192.0.2.102"])],
            groups: [SyncGroupDefinition(name: "both", members: ["one", "two"])],
            policy: Self.policy(startDelay: 10.0))
        lab.run(until: 9.9)
        #expect(lab.adverts(from: "a").isEmpty)
        lab.run(until: 15.0)
        #expect(lab.activeNodes("one") == ["a"])
        #expect(lab.activeNodes("two") == ["a"])
    }

    @Test("Who is stopped meanwhile has nothing to hand over, and ends at once")
    func stop() {
        var lab = Self.lab(policy: Self.policy(startDelay: 20.0))
        lab.at(5.0) { $0.stop("a") }
        lab.run(until: 5.001)
        #expect(!lab.node("a").isRunning)
        lab.run(until: 30.0)
        #expect(lab.adverts(from: "a").isEmpty)
    }

    @Test("An interface that comes within the delay, or is down at its end, changes nothing of it")
    func interfaces() {
        var lab = Self.lab(policy: Self.policy(startDelay: 20.0))
        lab.at(5.0) { $0.setInterface(of: "a", isRunning: false) }
        lab.at(10.0) { $0.setInterface(of: "a", isRunning: true) }
        lab.at(19.0) { $0.setInterface(of: "a", isRunning: false) }
        lab.at(21.0) { $0.setInterface(of: "a", isRunning: true) }
        lab.run(until: 20.5)
        #expect(lab.router("a")?.faults == [.interfaceDown("eth0")])
        #expect(lab.adverts(from: "a").isEmpty)
        lab.run(until: 26.0)
        #expect(lab.activeNodes() == ["a"])
    }
}
