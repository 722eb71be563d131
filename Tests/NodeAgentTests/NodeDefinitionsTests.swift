import NodeAgent
import Testing
import VIPPlanning
import VRRP
import VRRPEngine

@Suite("What a plan means to a node")
struct NodeDefinitionsTests {
    /// One group on three nodes with one Service of both families.
    private struct Input {
        var group = AddressGroup(ObjectName("ingress", "edge"), interface: .named("eth0"))
        var nodes = (1...3).map { number in
            Node("node\(number)", addresses: ["10.0.0.\(number)", "2001:db8:1::\(number)"].map { IPAddress($0)! })
        }
        var service = Service(ObjectName("web", "shop"))

        init() {
            service.groupAnnotation = "ingress/edge"
            service.isLoadBalancer = true
            service.ingressAddresses = ["192.0.2.7", "192.0.2.8", "2001:db8::7"]
        }

        var routers: [PlannedRouter] {
            var planner = Planner()
            planner.set(group)
            planner.set(nodes: nodes)
            planner.set(service)
            _ = planner.plan(now: 1_000_000)
            return planner.routers(of: group.name)
        }
    }

    private func definitions(_ input: Input, on node: String) throws -> Definitions {
        let definitions = NodeDefinitions(input.routers, on: node) { choice in
            switch choice {
            case .named(let name): FoundInterface(name)
            case .towards: nil
            }
        }.definitions
        try definitions.validate()
        return definitions
    }

    @Test("Every member gets valid definitions that differ in the priority alone")
    func members() throws {
        let all = try (1...3).map { try definitions(Input(), on: "node\($0)") }
        #expect(all.allSatisfy { $0.virtualRouters.map(\.name) == ["edge web/shop IPv4", "edge web/shop IPv6"] })
        for place in 0..<2 {
            #expect(Set(all.map(\.virtualRouters[place].priority)).count == 3)
            let same = all.map { definitions in
                var router = definitions.virtualRouters[place]
                router.priority = .default
                return router
            }
            #expect(same[0] == same[1] && same[1] == same[2])
        }
        let router = all[0].virtualRouters[0]
        #expect(router.addresses.map(\.description) == ["192.0.2.7", "192.0.2.8"])
        #expect(router.version == .v3 && router.advertisementInterval.centiseconds == 10)
        #expect(router.preemption == .never && router.interface == "eth0")
    }

    @Test("A node that is no member gets nothing")
    func stranger() throws {
        #expect(try definitions(Input(), on: "node9").virtualRouters.isEmpty)
    }

    @Test("With unicast the peers are the other members, never the node itself")
    func unicast() throws {
        var input = Input()
        input.group.isUnicast = true
        let router = try definitions(input, on: "node2").virtualRouters[0]
        guard case .unicast(let peers) = router.transport else {
            Issue.record("\(router.transport)")
            return
        }
        #expect(Set(peers.map(\.address)) == Set(["10.0.0.1", "10.0.0.3"].map { IPAddress($0)! }))
        #expect(router.sourceAddress == IPAddress("10.0.0.2")!)
        input.nodes.removeFirst()
        input.nodes.removeLast()
        #expect(
            try definitions(input, on: "node2").virtualRouters[0].transport
                == .multicast(group: router.family.vrrpGroup))
    }

    @Test("A Service that only nodes with an endpoint may answer for is tracked, once for both families")
    func health() throws {
        var input = Input()
        input.service.health = .port(31_000)
        let node = NodeDefinitions(input.routers, on: "node1") { _ in FoundInterface("eth0") }
        let check = EndpointCheck(of: ObjectName("web", "shop"), port: 31_000)
        #expect(check.trackedName == "endpoints of web/shop at port 31000")
        #expect(node.definitions.virtualRouters.count == 2)
        #expect(
            node.definitions.virtualRouters.allSatisfy {
                $0.tracking.conditions == [.init(.external(check.trackedName), effect: .fault)]
            })
        #expect(EndpointCheck.all(in: node.definitions.virtualRouters) == [check])
    }

    @Test(
        "What somebody else tracks is no check of endpoints",
        arguments: [
            "endpoints of shop/web", "endpoints of shop/web at port", "endpoints of shop/web at port 0x9",
            "endpoints of shop/web at port 70000", "endpoints of web at port 31000", "mail", "",
            "endpoints of shop/web at  port 31000", "endpoints of shop/web at port 031000",
        ])
    func strangeNames(_ name: String) { #expect(EndpointCheck(trackedName: name) == nil) }

    @Test("A group that goes by an address uses the interface that the node finds; without one that is said")
    func interfaces() throws {
        var input = Input()
        let gateway = InterfaceChoice.towards(IPAddress("10.0.0.254")!)
        input.group.interface = gateway
        let routers = input.routers
        let found = NodeDefinitions(routers, on: "node1") { $0 == gateway ? FoundInterface("bond0") : nil }
        #expect(found.definitions.virtualRouters.allSatisfy { $0.interface == "bond0" } && found.obstacles.isEmpty)
        let missing = NodeDefinitions(routers, on: "node1") { _ in nil }
        #expect(missing.definitions.virtualRouters.isEmpty)
        #expect(missing.obstacles.map(\.router) == ["edge.web.shop.ipv4", "edge.web.shop.ipv6"])
    }

    @Test("Of several interfaces that lead to the address the first by name is taken, and that is said")
    func severalInterfaces() throws {
        var input = Input()
        input.group.interface = .towards(IPAddress("10.0.0.254")!)
        let found = try #require(FoundInterface(oneOf: ["eth2", "eth1", "bond0"]))
        #expect(found.name == "bond0" && found.others == ["eth1", "eth2"])
        let node = NodeDefinitions(input.routers, on: "node1") { _ in found }
        #expect(node.definitions.virtualRouters.allSatisfy { $0.interface == "bond0" })
        let sentences = Set(node.obstacles.map(\.reason.description))
        #expect(node.obstacles.count == 2 && sentences.count == 1)
        #expect(sentences.first?.hasPrefix("eth1, eth2 and bond0 lead to 10.0.0.254 equally well") == true)
        #expect(FoundInterface(oneOf: []) == nil)
    }

    @Test("With unicast an interface without the node's address is said to hear nothing", arguments: [true, false])
    func addressElsewhere(isUnicast: Bool) throws {
        var input = Input()
        input.group.isUnicast = isUnicast
        func obstacles(_ addresses: KeyValuePairs<String, String>) throws -> [String] {
            let addresses = try addresses.map {
                NodeAddress(interface: $0.key, address: try #require(IPAddress($0.value)))
            }
            let node = NodeDefinitions(input.routers, on: "node2", addresses: addresses) { _ in FoundInterface("eth0") }
            // It goes on: an address may be gone for a moment alone.
            #expect(node.definitions.virtualRouters.count == 2)
            return node.obstacles.map(\.reason.description)
        }
        #expect(try obstacles(["eth0": "10.0.0.2", "eth0": "2001:db8:1::2"]) == [])
        #expect(try obstacles([:]) == [], "nothing is known of the node")
        let elsewhere = try obstacles(["eth1": "10.0.0.2", "eth0": "192.0.2.2", "eth0": "2001:db8:1::2"])
        let nowhere = try obstacles(["eth0": "192.0.2.2", "eth0": "2001:db8:1::2"])
        #expect(elsewhere.count == (isUnicast ? 1 : 0) && nowhere.count == (isUnicast ? 1 : 0))
        guard isUnicast else { return }
        #expect(elsewhere[0].hasPrefix("unicast adverts for the node go to 10.0.0.2, which eth1 has, and not eth0, so"))
        #expect(nowhere[0].contains("go to 10.0.0.2, which no interface of the node has, so"))
    }

    @Test("The policies of preemption come to those of the engine")
    func preemption() throws {
        var input = Input()
        input.group.preemption = .delayed(.seconds(30))
        #expect(try definitions(input, on: "node1").virtualRouters[0].preemption == .delayed(.seconds(30)))
        input.group.preemption = .immediate
        #expect(try definitions(input, on: "node1").virtualRouters[0].preemption == .immediate)
    }
}
