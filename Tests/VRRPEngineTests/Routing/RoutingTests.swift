import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Virtual routes and rules")
struct RoutingTests {
    static let route = RoutingEntry.route(
        VirtualRoute(
            to: NetworkPrefix("198.51.100.0/24")!, gateway: .literal("192.0.2.1"), interface: "eth0"))
    static let sourced: RoutingEntry = {
        var route = VirtualRoute(to: NetworkPrefix("203.0.113.0/24")!, interface: "eth0")
        route.preferredSource = .literal("192.0.2.100")
        return .route(route)
    }()
    static let rule = RoutingEntry.rule(VirtualRule(.lookup(table: 100), priority: 500, family: .ipv4))

    static func router(
        _ entries: [RoutingEntry] = [route, sourced, rule], priority: Priority = 100,
        _ change: (inout VirtualRouterDefinition) -> Void = { _ in }
    ) -> VirtualRouterDefinition {
        .example(priority: priority) {
            for entry in entries {
                switch entry {
                case .route(let route): $0.virtualRoutes.append(route)
                case .rule(let rule): $0.virtualRules.append(rule)
                }
            }
            change(&$0)
        }
    }

    static func lab(_ router: VirtualRouterDefinition = router()) -> Lab {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.start("a", [router])
        lab.run(until: 5.0)
        return lab
    }

    /// What the node changed, in order, as `+` or `-` and the thing.
    static func changes(_ lab: Lab, since time: Nanoseconds = .zero) -> [String] {
        lab.trace.entries.compactMap { entry in
            guard entry.moment >= .zero + time else { return nil }
            return switch entry.occurrence {
            case .addressAdded(let address, _): "+\(address)"
            case .addressRemoved(let address, _): "-\(address)"
            case .routingAdded(let entry, _): "+\(entry)"
            case .routingRemoved(let entry, _): "-\(entry)"
            default: nil
            }
        }
    }

    @Test(
        "Routes and then rules come behind the adverts and addresses, and go before the addresses the other way round")
    func order() {
        var lab = Self.lab()
        #expect(lab.state("a") == .active)
        #expect(lab.routing(of: "a") == [Self.route, Self.sourced, Self.rule])
        let added = ["+192.0.2.100", "+192.0.2.101", "+\(Self.route)", "+\(Self.sourced)", "+\(Self.rule)"]
        #expect(Self.changes(lab) == added)
        let kinds = lab.trace.entries.map(\.occurrence)
        let advert = kinds.firstIndex { if case .sent = $0 { true } else { false } }
        let first = kinds.firstIndex { if case .addressAdded = $0 { true } else { false } }
        #expect((advert ?? .max) < (first ?? 0))

        lab.shutDown("a")
        #expect(lab.routing(of: "a") == [])
        let removed = ["-\(Self.rule)", "-\(Self.sourced)", "-\(Self.route)", "-192.0.2.100", "-192.0.2.101"]
        #expect(Self.changes(lab, since: 5.0) == removed)
        #expect(lab.violation == nil)
    }

    @Test("A backup has neither, and a former active router has none left")
    func failover() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.addNode("b", addresses: ["192.0.2.20/24"])
        lab.start("b", [Self.router(priority: 100)])
        lab.run(until: 5.0)
        #expect(lab.routing(of: "b").count == 3)
        lab.start("a", [Self.router(priority: 200)])
        lab.run(until: 10.0)
        #expect(lab.activeNodes() == ["a"])
        #expect(lab.routing(of: "a").count == 3)
        #expect(lab.routing(of: "b") == [])
    }

    @Test("What somebody removes is put back at once, and after that not more often than once a second")
    func restoration() {
        var lab = Self.lab()
        for (removed, back) in [(5.0, 5.001), (5.2, 6.1), (6.3, 7.1)] as [(Nanoseconds, Nanoseconds)] {
            lab.run(until: removed)
            lab.removeRouting(Self.route, of: "a")
            #expect(!lab.routing(of: "a").contains(Self.route))
            lab.run(until: back)
            #expect(lab.routing(of: "a").contains(Self.route))
        }
        let told = lab.reports(from: "a").filter {
            $0.report == .routingRestored(router: "vr", entry: "\(Self.route)")
        }
        #expect(told.count == 3)
        #expect(lab.state("a") == .active)
        #expect(lab.transitions(of: "a", since: 4.0).isEmpty)
    }

    @Test("What is not tracked stays away until the router becomes active again")
    func untracked() {
        guard case .route(var route) = Self.route else { return }
        route.isTracked = false
        var lab = Self.lab(Self.router([.route(route), Self.rule]))
        lab.removeRouting(.route(route), of: "a")
        lab.removeRouting(Self.rule, of: "a")
        lab.run(until: 10.0)
        #expect(lab.routing(of: "a") == [Self.rule])
        lab.setInterface(of: "a", isRunning: false)
        lab.run(until: 11.0)
        lab.setInterface(of: "a", isRunning: true)
        lab.run(until: 20.0)
        #expect(lab.routing(of: "a") == [.route(route), Self.rule])
    }

    @Test("What the kernel takes away without a word together with an address comes back with it")
    func silentLoss() {
        var lab = Self.lab()
        lab.removeAddress(.literal("192.0.2.100"), of: "a")
        #expect(!lab.routing(of: "a").contains(Self.sourced))
        lab.run(until: 5.5)
        #expect(lab.holders(of: .literal("192.0.2.100")) == ["a"])
        #expect(lab.routing(of: "a").contains(Self.sourced))
    }

    @Test("What the kernel takes away without a word because an interface is down comes back when it is up")
    func interfaceDown() {
        let route = RoutingEntry.route(VirtualRoute(to: NetworkPrefix("198.51.100.0/24")!, interface: "eth1"))
        guard case .route(var untracked) = route else { return }
        untracked.isTracked = false
        for (entry, state) in [(route, VirtualRouterState.Name.initialize), (.route(untracked), .active)] {
            var lab = Lab()
            lab.addNode("a", addresses: ["192.0.2.10/24"])
            lab.addInterface("eth1", to: "a", segment: "other")
            lab.start("a", [Self.router([entry])])
            lab.run(until: 5.0)
            #expect(lab.routing(of: "a") == [entry])
            lab.setInterface("eth1", of: "a", isRunning: false)
            lab.run(until: 6.0)
            #expect(lab.state("a") == state)
            #expect(lab.routing(of: "a") == [])
            lab.setInterface("eth1", of: "a", isRunning: true)
            lab.run(until: 12.0)
            #expect(lab.state("a") == .active)
            // What is left alone by definition is not put back while the router stays active.
            #expect(lab.routing(of: "a") == (state == .active ? [] : [entry]))
        }
    }

    @Test("What the kernel refuses is tried each second and reported once")
    func refusal() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.configure("a") { $0.kernel.refusedRouting = [Self.route] }
        lab.start("a", [Self.router()])
        lab.run(until: 10.0)
        #expect(lab.state("a") == .active)
        #expect(lab.routing(of: "a") == [Self.sourced, Self.rule])
        let refusals = lab.reports(from: "a").filter { if case .routingRefused = $0.report { true } else { false } }
        #expect(refusals.count == 1)
        lab.configure("a") { $0.kernel.refusedRouting = [] }
        lab.run(until: 11.1)
        #expect(lab.routing(of: "a").contains(Self.route))
    }

    @Test("A reload takes away and adds what differs, and touches nothing else")
    func reload() {
        var lab = Self.lab()
        lab.change("a") {
            $0[0].virtualRoutes.removeFirst()
            $0[0].virtualRules.append(VirtualRule(.blackhole, priority: 501, family: .ipv4))
        }
        lab.run(until: 6.0)
        let added = RoutingEntry.rule(VirtualRule(.blackhole, priority: 501, family: .ipv4))
        #expect(lab.routing(of: "a") == [Self.sourced, Self.rule, added])
        #expect(Self.changes(lab, since: 5.0) == ["-\(Self.route)", "+\(added)"])
    }

    @Test("A route that two routers want goes with the last one of them")
    func shared() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        let other = VirtualRouterDefinition.example("other", id: 78, addresses: ["192.0.2.110"]) {
            $0.virtualRoutes = Self.router([Self.route]).virtualRoutes
        }
        lab.start("a", [Self.router([Self.route]), other])
        lab.run(until: 5.0)
        #expect(lab.routing(of: "a") == [Self.route])
        lab.change("a") { $0.removeLast() }
        lab.run(until: 6.0)
        #expect(lab.routing(of: "a") == [Self.route])
        lab.shutDown("a")
        #expect(lab.routing(of: "a") == [])
    }

    @Test("What was there before stays when the router leaves")
    func foreign() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.addRouting(Self.route, of: "a")
        lab.start("a", [Self.router()])
        lab.run(until: 5.0)
        lab.shutDown("a")
        #expect(lab.routing(of: "a") == [Self.route])
    }

    @Test("An address that is not to be tracked stays away, and its interface may be down")
    func untrackedAddress() {
        var address = VirtualAddress("192.0.2.101")
        address.isTracked = false
        address.interface = "eth1"
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.addInterface("eth1", to: "a", segment: "other", isRunning: false)
        lab.start("a", [.example(addresses: ["192.0.2.100", address])])
        lab.run(until: 5.0)
        #expect(lab.state("a") == .active)
        lab.removeAddress(.literal("192.0.2.101"), of: "a", on: "eth1")
        lab.setInterface("eth1", of: "a", isRunning: true)
        lab.run(until: 10.0)
        #expect(lab.holders(of: .literal("192.0.2.101")) == [])
        #expect(lab.holders(of: .literal("192.0.2.100")) == ["a"])
    }
}
