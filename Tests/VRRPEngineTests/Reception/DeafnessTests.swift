import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Routers whose node cannot listen")
struct DeafnessTests {
    /// An active router on `a`, and `b`, whose kernel gives its process no socket.
    private static func lab(priority: Priority = 100, interval: Int = 10, group: Bool = false) -> Lab {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.addNode("b", addresses: ["192.0.2.20/24"])
        lab.addInterface("eth1", to: "b", addresses: ["198.51.100.20/24"], segment: "far")
        func router(_ priority: Priority) -> VirtualRouterDefinition {
            .example(priority: priority) { $0.advertisementInterval = .centiseconds(interval) }
        }
        lab.start("a", [router(200)])
        lab.run(until: 5.0)
        lab.setListening(isPossible: false, on: "b")
        var other = VirtualRouterDefinition.example("other", id: 78, addresses: ["198.51.100.100"])
        other.interface = "eth1"
        let groups = group ? [SyncGroupDefinition(name: "group", members: ["vr", "other"])] : []
        lab.start("b", [router(priority)] + (group ? [other] : []), groups: groups)
        return lab
    }

    @Test("One that hears nobody does not take over, and takes part when it hears", arguments: [100, 255])
    func staysOut(priority: UInt8) throws {
        let priority = try #require(Priority(rawValue: priority))
        var lab = Self.lab(priority: priority)
        lab.run(until: 10.0)
        #expect(lab.router("b")?.faults == [.notListening("eth0")])
        #expect(lab.activeNodes() == ["a"])
        let isOwner = priority.isAddressOwner
        if !isOwner { #expect(lab.adverts(from: "b").isEmpty) }
        #expect(lab.adverts(from: "b", since: 6.0).isEmpty)
        lab.setListening(isPossible: true, on: "b")
        #expect(lab.router("b")?.faults == [])
        lab.run(until: 15.0)
        #expect(lab.activeNodes() == [isOwner ? "b" : "a"])
        lab.crash("a")
        lab.run(until: 20.0)
        #expect(lab.activeNodes() == ["b"])
        #expect(lab.violation == nil, "\(lab.failureReport())")
    }

    @Test("The other members of its sync group stay out with it")
    func group() {
        var lab = Self.lab(group: true)
        lab.run(until: 10.0)
        #expect(lab.state("b", "vr") == .initialize)
        #expect(lab.state("b", "other") == .initialize)
        lab.setListening(isPossible: true, on: "b")
        lab.run(until: 10.1)
        #expect(lab.state("b", "vr") == .backup)
        #expect(lab.state("b", "other") == .backup)
        #expect(lab.violation == nil, "\(lab.failureReport())")
    }

    @Test("What is no longer listened to is not missed", arguments: [false, true])
    func endOfSubscription(isRemoved: Bool) {
        var lab = Self.lab()
        lab.run(until: 6.0)
        if isRemoved {
            lab.removeInterface(of: "b")
            lab.run(until: 7.0)
            #expect(lab.router("b")?.faults == [.interfaceMissing("eth0")])
            lab.setListening(isPossible: true, on: "b")
            lab.addInterface("eth0", to: "b", addresses: ["192.0.2.20/24"])
        } else {
            lab.apply([], to: "b")
            lab.setListening(isPossible: true, on: "b")
            lab.apply([.example()], to: "b")
        }
        lab.run(until: 8.0)
        #expect(lab.router("b")?.faults == [])
        #expect(lab.state("b") == .backup)
        #expect(lab.violation == nil, "\(lab.failureReport())")
    }
}
