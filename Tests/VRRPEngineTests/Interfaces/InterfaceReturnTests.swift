import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Interfaces that come back under their number")
struct InterfaceReturnTests {
    private static let addresses: [HostAddress] = ["192.0.2.20/24", "fe80::ff:fe00:b/64", "2001:db8:0:1::20/64"]

    /// A backup, `b`, of an active router on `a`, in both families and once behind an authentication header.
    private static func lab() -> Lab {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24", "fe80::ff:fe00:a/64", "2001:db8:0:1::10/64"])
        lab.addNode("b", addresses: addresses)
        for (name, priority): (String, Priority) in [("a", 200), ("b", 100)] {
            lab.start(
                name,
                [
                    .example("v4", priority: priority),
                    .example("v6", family: .ipv6, priority: priority),
                    .example("v2", id: 78, priority: priority, addresses: ["198.51.100.78"]) {
                        $0.version = .v2
                        $0.authentication = .authenticationHeader(key: SimpleTextPassword("secret")!)
                    },
                ])
        }
        return lab
    }

    @Test("A backup whose interface was carried away and is back hears the active router again", arguments: [1, 5_000])
    func backupHearsAgain(milliseconds: Int64) {
        var lab = Self.lab()
        lab.run(until: 10.0)
        let subscriptions = lab.node("b").subscriptions
        #expect(subscriptions.count == 3)
        for trip in 1...3 {
            lab.carryAway(of: "b", for: .milliseconds(milliseconds), addresses: Self.addresses)
            lab.run(until: 10.0 + Nanoseconds.seconds(20) * Int64(trip))
            #expect(lab.node("b").subscriptions == subscriptions)
            for name in ["v4", "v6", "v2"] {
                #expect(lab.state("b", name) == .backup)
                #expect(lab.activeNodes(name) == ["a"])
            }
        }
        #expect(lab.adverts(from: "b").isEmpty)
        #expect(lab.violation == nil, "\(lab.failureReport())")
    }

    @Test("No socket outlives its interface, whether it comes back or not, and lost news change nothing about that")
    func nothingIsKept() {
        var lab = Self.lab()
        lab.run(until: 5.0)
        lab.removeInterface(of: "b")
        lab.run(until: 6.0)
        #expect(lab.node("b").subscriptions.isEmpty)
        lab.addInterface("eth0", to: "b", addresses: Self.addresses)
        lab.run(until: 7.0)
        #expect(lab.node("b").subscriptions.count == 3)
        lab.configure("b") { $0.noticeDelay = .seconds(1) }
        lab.removeInterface(of: "b")
        lab.resynchronize("b")
        #expect(lab.node("b").subscriptions.isEmpty)
        lab.run(until: 20.0)
        #expect(lab.violation == nil, "\(lab.failureReport())")
    }
}
