import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("What the node has in any case")
struct StaticTests {
    static let address = IPAddress.literal("192.0.2.200")

    static var statics: StaticDefinitions {
        var statics = StaticDefinitions()
        var address = VirtualAddress("192.0.2.200/24")
        address.interface = "eth0"
        statics.addresses = [StaticEntry(address)]
        if case .route(let route) = RoutingTests.route { statics.routes = [StaticEntry(route)] }
        if case .rule(let rule) = RoutingTests.rule { statics.rules = [StaticEntry(rule)] }
        return statics
    }

    static func lab(
        _ statics: StaticDefinitions = statics, addresses: [HostAddress] = ["192.0.2.10/24"],
        routers: [VirtualRouterDefinition] = []
    ) -> Lab {
        var lab = Lab()
        lab.addNode("a", addresses: addresses)
        lab.start("a", routers, statics: statics)
        lab.run(until: 5.0)
        return lab
    }

    @Test("It comes at the start in order, and goes at the end the other way round")
    func lifetime() {
        var lab = Self.lab()
        let (route, rule) = (RoutingTests.route, RoutingTests.rule)
        #expect(RoutingTests.changes(lab) == ["+192.0.2.200", "+\(route)", "+\(rule)"])
        lab.shutDown("a")
        #expect(RoutingTests.changes(lab, since: 5.0) == ["-\(rule)", "-\(route)", "-192.0.2.200"])
        #expect(lab.routing(of: "a") == [] && lab.holders(of: Self.address) == [])
    }

    @Test("What was there before is left alone at the end")
    func foreign() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24", "192.0.2.200/24"])
        lab.addRouting(RoutingTests.route, of: "a")
        lab.start("a", [], statics: Self.statics)
        lab.run(until: 5.0)
        #expect(RoutingTests.changes(lab) == ["+\(RoutingTests.route)", "+\(RoutingTests.rule)"])
        lab.shutDown("a")
        #expect(lab.holders(of: Self.address) == ["a"])
        #expect(lab.routing(of: "a") == [RoutingTests.route])
    }

    @Test("What a dead process left behind is not what was there before")
    func leftover() {
        var lab = Self.lab()
        lab.crash("a")
        #expect(lab.holders(of: Self.address) == ["a"])
        lab.start("a")
        lab.run(until: 6.0)
        #expect(lab.holders(of: Self.address) == ["a"])
        lab.shutDown("a")
        #expect(lab.holders(of: Self.address) == [])
    }

    @Test("What somebody removes is put back, an address at once and then once a second")
    func restoration() {
        var lab = Self.lab()
        lab.removeAddress(Self.address, of: "a")
        lab.removeRouting(RoutingTests.rule, of: "a")
        lab.run(until: 5.01)
        #expect(lab.holders(of: Self.address) == ["a"])
        #expect(lab.routing(of: "a").contains(RoutingTests.rule))
        lab.removeAddress(Self.address, of: "a")
        lab.run(until: 5.9)
        #expect(lab.holders(of: Self.address) == [])
        lab.run(until: 6.1)
        #expect(lab.holders(of: Self.address) == ["a"])
        let restored = lab.reports(from: "a").filter { $0.report == .addressRestored(router: nil, Self.address) }
        #expect(!restored.isEmpty)
    }

    @Test("What is not to be tracked stays away")
    func untracked() {
        var statics = Self.statics
        statics.addresses[0].value.isTracked = false
        statics.rules[0].value.isTracked = false
        var lab = Self.lab(statics)
        lab.removeAddress(Self.address, of: "a")
        lab.removeRouting(.rule(statics.rules[0].value), of: "a")
        lab.setInterface(of: "a", isRunning: false)
        lab.setInterface(of: "a", isRunning: true)
        lab.run(until: 8.0)
        #expect(lab.holders(of: Self.address) == [])
        #expect(lab.routing(of: "a") == [RoutingTests.route])
    }

    @Test("A reload takes away and adds what differs")
    func reload() {
        var lab = Self.lab()
        lab.changeStatics(of: "a") {
            $0.routes = []
            $0.addresses[0].value.address = .literal("192.0.2.201")
        }
        lab.run(until: 6.0)
        #expect(
            RoutingTests.changes(lab, since: 5.0) == ["-\(RoutingTests.route)", "-192.0.2.200", "+192.0.2.201"])
        lab.shutDown("a")
        #expect(lab.holders(of: .literal("192.0.2.201")) == [])
    }

    @Test("An address may be the source of adverts")
    func source() {
        let lab = Self.lab(addresses: [], routers: [.example()])
        #expect(lab.state("a") == .active)
        #expect(lab.router("a")?.primaryAddress == Self.address)
    }

    @Test("What belongs on an interface that is not there yet comes with it")
    func lateInterface() {
        var statics = Self.statics
        statics.addresses[0].value.interface = "eth1"
        var lab = Self.lab(statics)
        #expect(lab.holders(of: Self.address) == [])
        lab.addInterface("eth1", to: "a", segment: "other")
        lab.run(until: 6.0)
        #expect(lab.holders(of: Self.address) == ["a"])
    }

    @Test("A route comes back with an interface that is made anew")
    func newInterface() {
        var statics = Self.statics
        statics.addresses = []
        statics.routes[0].value.interface = "eth1"
        let entry = RoutingEntry.route(statics.routes[0].value)
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.addInterface("eth1", to: "a", segment: "other")
        lab.start("a", [], statics: statics)
        lab.run(until: 5.0)
        #expect(lab.routing(of: "a").contains(entry))
        lab.removeInterface("eth1", of: "a")
        lab.run(until: 6.0)
        #expect(!lab.routing(of: "a").contains(entry))
        lab.addInterface("eth1", to: "a", segment: "other")
        lab.run(until: 7.1)
        #expect(lab.routing(of: "a").contains(entry))
        lab.shutDown("a")
        #expect(lab.routing(of: "a") == [])
    }

    @Test("Members of its track group take no part while it cannot be there")
    func trackGroups() {
        var statics = Self.statics
        statics.addresses[0].value.interface = "eth1"
        statics.addresses[0].trackGroup = "group"
        statics.trackGroups = [TrackGroupDefinition(name: "group", virtualRouters: ["vr"])]
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.addInterface("eth1", to: "a", segment: "other")
        let other = VirtualRouterDefinition.example("other", id: 78, addresses: ["192.0.2.110"])
        lab.start("a", [.example(), other], statics: statics)
        lab.run(until: 5.0)
        #expect(lab.state("a", "vr") == .active)
        lab.setInterface("eth1", of: "a", isRunning: false)
        lab.run(until: 6.0)
        #expect(lab.state("a", "vr") == .initialize)
        #expect(lab.router("a", "vr")?.faults == [.interfaceDown("eth1")])
        #expect(lab.state("a", "other") == .active)
        lab.setInterface("eth1", of: "a", isRunning: true)
        lab.run(until: 12.0)
        #expect(lab.state("a", "vr") == .active)
        // A group that no longer exists binds nobody.
        lab.setInterface("eth1", of: "a", isRunning: false)
        lab.changeStatics(of: "a") { $0 = StaticDefinitions() }
        lab.run(until: 20.0)
        #expect(lab.state("a", "vr") == .active)
    }

    @Test("Members of its track group take no part while the kernel refuses it")
    func refusal() {
        var statics = Self.statics
        statics.routes[0].trackGroup = "group"
        statics.trackGroups = [TrackGroupDefinition(name: "group", virtualRouters: ["vr"])]
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.configure("a") { $0.kernel.refusedRouting = [RoutingTests.route] }
        lab.start("a", [.example()], statics: statics)
        lab.run(until: 5.0)
        #expect(lab.state("a") == .initialize)
        #expect(lab.router("a")?.faults == [.staticEntryMissing("\(RoutingTests.route)")])
        lab.configure("a") { $0.kernel.refusedRouting = [] }
        lab.run(until: 10.0)
        #expect(lab.state("a") == .active)
    }

    struct Contradiction: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var field: String
        var change: @Sendable (inout StaticDefinitions) -> Void

        init(_ text: String, _ field: String, _ change: @escaping @Sendable (inout StaticDefinitions) -> Void) {
            testDescription = text
            self.field = field
            self.change = change
        }
    }

    @Test(
        "Definitions that contradict each other are refused",
        arguments: [
            Contradiction("an address without an interface", "addresses") { $0.addresses[0].value.interface = nil },
            Contradiction("an address twice", "addresses") { $0.addresses.append($0.addresses[0]) },
            Contradiction("a virtual address", "addresses") { $0.addresses[0].value.address = .literal("192.0.2.100") },
            Contradiction("a route twice", "routes") { $0.routes.append($0.routes[0]) },
            Contradiction("a route to a host and its network", "routes") {
                $0.routes[0].value.destination = NetworkPrefix("198.51.100.1/24")!
            },
            Contradiction("a rule that leads to itself", "rules") { $0.rules[0].value.action = .goTo(500) },
            Contradiction("an unknown group", "trackGroups") { $0.rules[0].trackGroup = "x" },
        ])
    func contradictions(_ contradiction: Contradiction) {
        var definitions = Definitions(virtualRouters: [.example()])
        definitions.statics = Self.statics
        #expect(throws: Never.self) { try definitions.validate() }
        contradiction.change(&definitions.statics)
        let error = #expect(throws: DefinitionError.self) { try definitions.validate() }
        #expect(error?.list == .statics)
        #expect(error?.field == contradiction.field)
    }
}
