import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Tracked numbers")
struct TrackedNumberTests {
    /// A number, what is done with it, and the priority of a router of 100 then; nil where it is out of the election.
    struct Example: Sendable, CustomTestStringConvertible {
        var effect: TrackingEffect
        var number: Int
        var priority: Priority?

        init(_ effect: TrackingEffect, _ number: Int, _ priority: Priority?) {
            (self.effect, self.number, self.priority) = (effect, number, priority)
        }

        var testDescription: String { "\(number) \(effect)" }
    }

    private static func bench(_ effect: TrackingEffect, base: Priority = 100) -> Bench {
        Bench(.example(priority: base) { $0.tracking.conditions = [.init(.number("load"), effect: effect)] })
    }

    @Test(
        "A number is added times the weight: at most 253, and what is below -253 is a fault",
        arguments: [
            Example(.weight(1), 0, 100), Example(.weight(1), 7, 107), Example(.weight(1), -7, 93),
            Example(.weight(3), 7, 121), Example(.weight(-3), 7, 79), Example(.reversedWeight(3), 7, 79),
            Example(.reversedWeight(-3), -7, 79), Example(.weight(1), 1000, 254), Example(.weight(1), -253, 1),
            Example(.weight(1), -254, nil), Example(.weight(254), -1, nil), Example(.weight(-254), 1, nil),
            Example(.weight(254), 1, 254), Example(.weight(0), 5000, 100), Example(.weight(0), -5000, 100),
            Example(.weight(254), Int.max, 254), Example(.weight(254), Int.min, nil),
            Example(.reversedWeight(254), Int.min, 254), Example(.weight(-1), Int.min, 254),
            Example(.fault, 0, 100), Example(.fault, 1, nil), Example(.fault, -1, nil),
            Example(.reversedFault, 0, nil), Example(.reversedFault, 5, 100),
        ])
    func contribution(_ example: Example) {
        var bench = Self.bench(example.effect)
        bench.lab.setTrackedNumber("load", to: example.number, on: Bench.name)
        if let priority = example.priority {
            #expect(bench.state == .backup)
            #expect(bench.snapshot.priority == priority)
        } else {
            #expect(bench.state == .initialize)
            #expect(bench.snapshot.faults == [.trackedObject(.number("load"))])
        }
    }

    @Test("A number that nobody has told is 0, and one that takes the router out lets it back in when it rises")
    func beginningAndEnd() {
        var bench = Self.bench(.weight(10))
        #expect(bench.state == .backup)
        #expect(bench.snapshot.priority == 100)
        let start = bench.becomeActive()
        bench.lab.setTrackedNumber("load", to: -26, on: Bench.name)
        #expect(bench.state == .initialize)
        #expect(bench.adverts.map(\.message.priority) == [100, 0])
        bench.run(until: start + 0.1)
        bench.lab.setTrackedNumber("other", to: -26, on: Bench.name)
        bench.lab.setTrackedNumber("load", to: -5, on: Bench.name)
        #expect(bench.state == .backup)
        #expect(bench.snapshot.priority == 50)
    }

    @Test("An address owner is not weighed, but 0 is still demanded of it where there is no weight")
    func owner() {
        var weighed = Self.bench(.weight(1), base: .addressOwner)
        weighed.lab.setTrackedNumber("load", to: -500, on: Bench.name)
        #expect(weighed.state == .active)
        #expect(weighed.snapshot.priority == .addressOwner)
        var demanding = Self.bench(.fault, base: .addressOwner)
        demanding.lab.setTrackedNumber("load", to: 1, on: Bench.name)
        #expect(demanding.state == .initialize)
    }

    @Test(
        "What is reversed and has no weight keeps the router out while it is good",
        arguments: [TrackedObject.external("check"), .interface("eth1")])
    func reversedFault(object: TrackedObject) {
        var bench = Bench { $0.tracking.conditions = [.init(object, effect: .reversedFault)] }
        #expect(bench.state == .backup)
        bench.lab.configure(Bench.name) { $0.noticeDelay = .zero }
        bench.lab.addInterface("eth1", to: Bench.name)
        bench.lab.setTrackedObject("check", isGood: true, on: Bench.name)
        bench.run(until: 0.1)
        #expect(bench.state == .initialize)
        #expect(bench.snapshot.faults == [.trackedObject(object)])
    }

    @Test("The numbers of a sync group hold for all of its members")
    func group() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.start(
            "a", [.example("one", id: 1), .example("two", id: 2, priority: 50, addresses: ["192.0.2.102"])],
            groups: [
                SyncGroupDefinition(
                    name: "G", members: ["one", "two"],
                    conditions: [
                        .init(.number("load"), effect: .weight(2)), .init(.number("stop"), effect: .fault),
                    ])
            ])
        lab.setTrackedNumber("load", to: 4, on: "a")
        #expect(lab.router("a", "one")?.priority == 108)
        #expect(lab.router("a", "two")?.priority == 58)
        lab.setTrackedNumber("stop", to: 1, on: "a")
        for name in ["one", "two"] {
            #expect(lab.router("a", name)?.state.name == .initialize)
            #expect(lab.router("a", name)?.faults == [.trackedObject(.number("stop"))])
        }
        lab.setTrackedNumber("stop", to: 0, on: "a")
        #expect(lab.router("a", "two")?.state.name == .backup)
        lab.setTrackedNumber("load", to: -127, on: "a")
        #expect(lab.router("a", "one")?.faults == [.trackedObject(.number("load"))])
    }

    @Test("Whatever is tracked, the priority in force of a router that owns nothing is 1 to 254", arguments: 0..<300)
    func range(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func effect() -> TrackingEffect {
            let weight = Int.random(in: -253...253, using: &random)
            return Bool.random(using: &random) ? .weight(weight) : .reversedWeight(weight)
        }
        let base = Priority(rawValue: UInt8.random(in: 1...254, using: &random))!
        var bench = Bench(
            .example(priority: base) {
                for index in 0..<6 {
                    let object: TrackedObject = index < 3 ? .number("\(index)") : .external("\(index)")
                    $0.tracking.conditions.append(.init(object, effect: effect()))
                }
            })
        for _ in 0..<20 {
            let name = "\(Int.random(in: 0..<6, using: &random))"
            bench.lab.setTrackedObject(name, isGood: Bool.random(using: &random), on: Bench.name)
            let numbers = [-1...1, -300...300, Int.min...Int.max].randomElement(using: &random)!
            bench.lab.setTrackedNumber(name, to: Int.random(in: numbers, using: &random), on: Bench.name)
            #expect((1...254).contains(bench.snapshot.priority.rawValue))
            let isOut = bench.snapshot.faults.contains { if case .trackedObject(.number) = $0 { true } else { false } }
            #expect((bench.state == .initialize) == isOut)
        }
    }

    @Test("A number moves the addresses to the other node, and back")
    func numberDecides() {
        var lab = Lab()
        for (name, address, priority): (String, HostAddress, Priority) in [
            ("a", "192.0.2.10/24", 120), ("b", "192.0.2.20/24", 100),
        ] {
            lab.addNode(name, addresses: [address])
            lab.start(
                name,
                [
                    .example(priority: priority) {
                        $0.tracking.conditions = [.init(.number("load"), effect: .weight(-2))]
                    }
                ]
            )
        }
        lab.at(10.0) { $0.setTrackedNumber("load", to: 15, on: "a") }
        lab.at(20.0) { $0.setTrackedNumber("load", to: 5, on: "a") }
        lab.run(until: 9.0)
        #expect(lab.activeNodes() == ["a"])
        lab.run(until: 19.0)
        #expect(lab.activeNodes() == ["b"])
        lab.run(until: 29.0)
        #expect(lab.activeNodes() == ["a"])
    }
}
