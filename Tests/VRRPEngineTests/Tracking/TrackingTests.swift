import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Tracking")
struct TrackingTests {
    struct Weight: Sendable, CustomTestStringConvertible {
        var effect: TrackingEffect
        var whileGood: Priority
        var whileBad: Priority

        var testDescription: String { "\(effect)" }
    }

    private static func bench(_ effect: TrackingEffect, base: Priority = 100) -> Bench {
        var bench = Bench(
            .example(priority: base) {
                $0.tracking.conditions = [.init(.interface("eth1"), effect: effect)]
            })
        bench.lab.configure(Bench.name) { $0.noticeDelay = .zero }
        bench.lab.addInterface("eth1", to: Bench.name)
        bench.run(until: 0.1)
        return bench
    }

    @Test(
        "A weight is added while good if positive, while bad if negative; reversed the other way round",
        arguments: [
            Weight(effect: .weight(30), whileGood: 130, whileBad: 100),
            Weight(effect: .weight(-30), whileGood: 100, whileBad: 70),
            Weight(effect: .reversedWeight(30), whileGood: 70, whileBad: 100),
            Weight(effect: .reversedWeight(-30), whileGood: 100, whileBad: 130),
            Weight(effect: .weight(253), whileGood: 254, whileBad: 100),
            Weight(effect: .weight(-253), whileGood: 100, whileBad: 1),
        ])
    func weights(_ weight: Weight) {
        var bench = Self.bench(weight.effect)
        #expect(bench.snapshot.priority == weight.whileGood)
        bench.lab.setInterface("eth1", of: Bench.name, isRunning: false)
        bench.run(until: 0.2)
        #expect(bench.snapshot.priority == weight.whileBad)
        let change = Report.priorityChanged(router: "vr", from: weight.whileGood, to: weight.whileBad)
        #expect(bench.lab.reports(from: Bench.name).map(\.report).contains(change))
        #expect(bench.state == .backup)
    }

    @Test("The weights of several conditions add up, and the sum is limited only in the end")
    func sums() {
        var bench = Bench {
            $0.tracking.conditions = [
                .init(.external("a"), effect: .weight(-200)), .init(.external("b"), effect: .weight(150)),
                .init(.external("c"), effect: .reversedWeight(20)),
            ]
        }
        #expect(bench.snapshot.priority == 1)
        bench.lab.setTrackedObject("b", isGood: true, on: Bench.name)
        #expect(bench.snapshot.priority == 50)
        bench.lab.setTrackedObject("c", isGood: true, on: Bench.name)
        #expect(bench.snapshot.priority == 30)
        bench.lab.setTrackedObject("a", isGood: true, on: Bench.name)
        #expect(bench.snapshot.priority == 230)
    }

    @Test("The next advert of an active router carries the priority that tracking made of it")
    func nextAdvertCarriesThePriority() {
        var bench = Self.bench(.weight(-30))
        let start = bench.becomeActive()
        bench.run(until: start + 0.5)
        bench.lab.setInterface("eth1", of: Bench.name, isRunning: false)
        bench.run(until: start + 1.0)
        #expect(bench.adverts.map(\.message.priority) == [100, 70])
        #expect(bench.advertMoments == [start, start + 1.0])
    }

    @Test("An address owner is not weighed")
    func ownerIsNotWeighed() {
        var bench = Self.bench(.weight(-30), base: .addressOwner)
        bench.lab.setInterface("eth1", of: Bench.name, isRunning: false)
        bench.run(until: 0.2)
        #expect(bench.snapshot.priority == .addressOwner)
    }

    @Test("A condition without weight keeps the router out while it does not hold, with its last word")
    func fault() {
        var bench = Self.bench(.fault)
        let start = bench.becomeActive()
        bench.lab.setInterface("eth1", of: Bench.name, isRunning: false)
        bench.run(until: start + 0.1)
        #expect(bench.state == .initialize)
        #expect(bench.snapshot.faults == [.trackedObject(.interface("eth1"))])
        #expect(bench.adverts.map(\.message.priority) == [100, 0])
        #expect(bench.lab.holders(of: .literal("192.0.2.100")) == [])
        bench.lab.setInterface("eth1", of: Bench.name, isRunning: true)
        bench.run(until: start + 0.2)
        #expect(bench.state == .backup)
    }

    @Test("An external object is bad until somebody says that it is good")
    func externalObject() {
        var bench = Bench { $0.tracking.conditions = [.init(.external("check"), effect: .fault)] }
        #expect(bench.state == .initialize)
        bench.lab.setTrackedObject("check", isGood: true, on: Bench.name)
        #expect(bench.state == .backup)
        bench.lab.setTrackedObject("other", isGood: false, on: Bench.name)
        #expect(bench.state == .backup)
        bench.lab.setTrackedObject("check", isGood: false, on: Bench.name)
        #expect(bench.state == .initialize)
    }

    @Test("States that are told by name count where a router tracks them; the other names come back")
    func toldObjects() throws {
        var engine = Engine()
        var effects: [Effect] = []
        let interface = HostInterface(
            index: 2, name: "eth0", isRunning: true, macAddress: MACAddress("02:00:00:00:00:0a"),
            addresses: [.init(.literal("192.0.2.10"), prefixLength: 24)])
        let tracking = VirtualRouterDefinition.example {
            $0.tracking.conditions = [
                .init(.external("web"), effect: .fault), .init(.external("mail"), effect: .weight(20)),
                .init(.number("load"), effect: .weight(1)),
            ]
        }
        try engine.apply(Definitions(virtualRouters: [tracking]), at: .zero, effects: &effects)
        engine.interfacesResynchronized([interface], at: .zero, effects: &effects)
        #expect(engine.snapshot(at: .zero).trackedNames == ["mail", "web"])
        func tell(_ states: [String: Bool]) -> [String] {
            engine.setTrackedObjects(states, at: .zero, effects: &effects).sorted()
        }
        var router: RouterSnapshot? { engine.routerSnapshots.first }
        #expect(router?.faults == [.trackedObject(.external("web"))])
        #expect(tell(["web": true, "mail": true, "load": true, "other": false]) == ["load", "other"])
        #expect(router?.faults == [])
        #expect(router?.priority == 120)

        // Another definition of the same router, and what was told still counts.
        var changed = tracking
        changed.priority = 90
        try engine.apply(Definitions(virtualRouters: [changed]), at: .zero, effects: &effects)
        #expect(router?.priority == 110)
        #expect(router?.faults == [])

        // Nobody tracks it for a while: that is forgotten.
        changed.tracking.conditions = []
        try engine.apply(Definitions(virtualRouters: [changed]), at: .zero, effects: &effects)
        #expect(engine.snapshot(at: .zero).trackedObjects == [:])
        #expect(tell(["web": true]) == ["web"])
        try engine.apply(Definitions(virtualRouters: [tracking]), at: .zero, effects: &effects)
        #expect(router?.faults == [.trackedObject(.external("web"))])
    }

    @Test("A lost uplink moves the addresses to the other node, and back")
    func uplinkDecides() {
        var lab = Lab()
        for (name, address, priority): (String, HostAddress, Priority) in [
            ("a", "192.0.2.10/24", 120), ("b", "192.0.2.20/24", 100),
        ] {
            lab.addNode(name, addresses: [address])
            lab.addInterface("eth1", to: name, segment: "uplink")
            lab.start(
                name,
                [
                    .example(priority: priority) {
                        $0.tracking.conditions = [.init(.interface("eth1"), effect: .weight(-60))]
                    }
                ])
        }
        lab.at(10.0) { $0.setInterface("eth1", of: "a", isRunning: false) }
        lab.at(20.0) { $0.setInterface("eth1", of: "a", isRunning: true) }
        lab.run(until: 9.0)
        #expect(lab.activeNodes() == ["a"])
        lab.run(until: 19.0)
        #expect(lab.activeNodes() == ["b"])
        lab.run(until: 29.0)
        #expect(lab.activeNodes() == ["a"])
        #expect(lab.host.node(reachedAt: .literal("192.0.2.100")) == "a")
    }
}
