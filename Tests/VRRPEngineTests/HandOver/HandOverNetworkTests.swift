import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

/// Whole networks: from the signal on, every address is on some node at every moment.
@Suite("Planned stops among other routers")
struct HandOverNetworkTests {
    /// How the routers differ from the usual ones.
    struct Kind: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var family = AddressFamily.ipv4
        var change: @Sendable (inout VirtualRouterDefinition) -> Void = { _ in }

        static let all: [Kind] = [
            Kind(testDescription: "VRRPv3, IPv4"),
            Kind(testDescription: "VRRPv3, IPv6", family: .ipv6),
            Kind(testDescription: "VRRPv2") { $0.version = .v2 },
            Kind(testDescription: "10 ms") { $0.advertisementInterval = .centiseconds(1) },
            Kind(testDescription: "2 s") { $0.advertisementInterval = .centiseconds(200) },
            Kind(testDescription: "virtual MAC") { $0.virtualMAC = .init(name: "vrrp.77") },
            Kind(testDescription: "unicast") {
                $0.transport = .unicast(peers: (1...3).map { UnicastPeer(address: .literal("192.0.2.\($0 * 10)")) })
            },
        ]
    }

    /// Three nodes with priorities of their own, of which `a` is active; at 30 s it is stopped, and the network is watched.
    private static func lab(
        _ kind: Kind = Kind.all[0], priorities: [Priority] = [200, 150, 100],
        _ change: (inout Lab) -> Void = { _ in }
    ) -> Lab {
        var lab = Lab(seed: 7)
        for (place, priority) in priorities.enumerated() {
            let name = ["a", "b", "c"][place]
            lab.addNode(name, addresses: ["192.0.2.\(place + 1)0/24", "fe80::\(place + 1)0/64"].map(HostAddress.init))
            lab.start(name, [.example(family: kind.family, priority: priority, kind.change)])
        }
        lab.run(until: 30.0)
        #expect(lab.activeNodes() == ["a"])
        let addresses = lab.node("a").definitions.virtualRouters[0].addresses.map(\.address)
        lab.invariants.append(
            Invariant { lab, _ in addresses.first { lab.holders(of: $0).isEmpty }.map { "nobody has \($0)" } })
        change(&lab)
        lab.stop("a")
        return lab
    }

    private static func expectHandedOver(_ lab: Lab, to successor: String, resigns: Bool = false) {
        #expect(lab.violation == nil, "\(lab.failureReport())")
        #expect(!lab.node("a").isRunning)
        #expect(lab.activeNodes() == [successor])
        for address in lab.node(successor).definitions.virtualRouters[0].addresses {
            #expect(lab.holders(of: address.address) == [successor])
            #expect(lab.host.node(reachedAt: address.address) == successor)
        }
        #expect(lab.adverts(from: "a").contains { $0.message.priority == 0 } == resigns)
    }

    @Test("The better of two backups takes over, and nobody gives up", arguments: Kind.all)
    func bestBackup(_ kind: Kind) {
        var lab = Self.lab(kind)
        lab.run(for: 20.0)
        Self.expectHandedOver(lab, to: "b")
        #expect(lab.transitions(of: "c", since: 30.0).isEmpty)
    }

    @Test(
        "Backups that do not preempt, or not yet, follow priority 0, and the addresses have waited",
        arguments: Kind.all, [Preemption.never, .delayed(.seconds(1000))])
    func hesitantBackups(_ kind: Kind, _ preemption: Preemption) {
        let hesitant = Kind(testDescription: "", family: kind.family) {
            kind.change(&$0)
            $0.preemption = preemption
        }
        var lab = Self.lab(hesitant)
        lab.run(for: 20.0)
        Self.expectHandedOver(lab, to: "b", resigns: true)
    }

    @Test("A backup of priority 1 is no better, and follows priority 0")
    func lowestBackup() {
        var lab = Self.lab(priorities: [200, 1])
        lab.run(for: 20.0)
        Self.expectHandedOver(lab, to: "b", resigns: true)
    }

    @Test("An address owner hands over as any router does", arguments: [ProtocolVersion.v2, .v3])
    func owner(_ version: ProtocolVersion) {
        var lab = Self.lab(Kind(testDescription: "") { $0.version = version }, priorities: [.addressOwner, 100])
        lab.run(for: 10.0)
        Self.expectHandedOver(lab, to: "b")
        let priorities = Set(lab.adverts(from: "a", since: 30.0 + .milliseconds(1)).map(\.message.priority))
        #expect(priorities == [1])
    }

    @Test("The loss of any single advert on schedule leaves no gap", arguments: 0..<4)
    func ownLoss(number: Int64) throws {
        var lab = Self.lab()
        guard case .active(let active) = lab.router("a")?.state else {
            Issue.record("a is not active")
            return
        }
        let due: Nanoseconds = active.advertisementDeadline - .zero + .seconds(number)
        lab.at(due - .milliseconds(1)) { $0.block(from: ["a"], to: ["b", "c"]) }
        lab.at(due + .milliseconds(1)) { $0.heal() }
        lab.run(for: 20.0)
        Self.expectHandedOver(lab, to: "b")
    }

    @Test("The loss of the signal's own advert leaves no gap")
    func firstLoss() {
        var lab = Self.lab { lab in
            lab.block(from: ["a"], to: ["b", "c"])
            lab.at(30.001) { $0.heal() }
        }
        lab.run(for: 20.0)
        Self.expectHandedOver(lab, to: "b")
    }

    @Test("The loss of the successor's first advert costs an overlap until the contest, and no gap")
    func successorLoss() {
        var lab = Self.lab()
        lab.block(from: ["b"], to: ["a"])
        while lab.state("b") != .active { lab.run(for: 0.001) }
        lab.run(for: 0.01)
        #expect(lab.activeNodes() == ["a", "b"])
        lab.heal()
        lab.run(for: 1.2)
        Self.expectHandedOver(lab, to: "b")
    }

    @Test("Two nodes that are stopped at once: the third one takes over from both")
    func twoStops() {
        var lab = Self.lab()
        lab.stop("b")
        #expect(!lab.node("b").isRunning || lab.state("b") == .initialize)
        lab.run(for: 10.0)
        Self.expectHandedOver(lab, to: "c")
    }

    @Test("A successor that dies while the other one offers is followed by the next")
    func successorDies() {
        var lab = Self.lab()
        lab.at(31.0) { $0.crash("b") }
        lab.run(for: 10.0)
        Self.expectHandedOver(lab, to: "c")
    }
}
