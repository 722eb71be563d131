import Testing
import VIPPlanning
import VRRP

@Suite("Which node has the best claim")
struct PlacementTests {
    @Test("Every member of a router has a priority of its own, from 250 downwards and never 255")
    func priorities() throws {
        for count in [1, 2, 5, 8, 9, 40, 89, 90, 200, 250, 251, 254] {
            var cluster = Cluster(nodes: 0)
            cluster.input.nodes = (0..<count).map { Node("n\($0)") }
            cluster.add("shop", ["192.0.2.7"])
            let members = try #require(cluster.plan().router("web/shop")).members
            let priorities = members.map { Int($0.priority.rawValue) }
            #expect(priorities == Set(priorities).sorted(by: >))
            #expect(priorities.count == count && priorities.allSatisfy { (1...254).contains($0) })
        }
    }

    @Test("The first eight members are far enough apart to take over one after the other")
    func steps() throws {
        var cluster = Cluster(nodes: 8)
        cluster.add("shop", ["192.0.2.7"])
        let priorities = try #require(cluster.plan().router("web/shop")).members.map(\.priority.rawValue)
        #expect(priorities == [250, 226, 202, 178, 154, 130, 106, 82])
    }

    @Test("A hundred Services of one address spread evenly over five nodes")
    func even() {
        var cluster = Cluster()
        for number in 1...100 { cluster.add("s\(number)", ["192.0.2.\(number)"]) }
        #expect(cluster.plan().load == ["node0": 20, "node1": 20, "node2": 20, "node3": 20, "node4": 20])
    }

    @Test("Who comes second differs from router to router, so that what a node had is spread before anybody plans anew")
    func seconds() {
        var cluster = Cluster()
        for number in 1...100 { cluster.add("s\(number)", ["192.0.2.\(number)"]) }
        for node in 0..<5 {
            let routers = cluster.plan().routers.filter { $0.members[0].node == "node\(node)" }
            let seconds = Dictionary(grouping: routers) { $0.members[1].node }.mapValues(\.count)
            #expect(routers.count == 20 && seconds.count == 4)
            #expect(seconds.values.allSatisfy { $0 <= 10 }, "\(seconds)")
        }
    }

    @Test("What a node had is spread over the others when it goes, and nothing else moves")
    func nodeGone() {
        var cluster = Cluster()
        for number in 1...100 { cluster.add("s\(number)", ["192.0.2.\(number)"]) }
        let before = cluster.plan()
        cluster.input.nodes.removeAll { $0.name == "node2" }
        let after = cluster.plan()
        #expect(after.load == ["node0": 25, "node1": 25, "node3": 25, "node4": 25])
        for router in before.routers where router.members[0].node != "node2" {
            #expect(after.router(router.key)?.members[0].node == router.members[0].node)
        }
    }

    @Test("A node that comes takes its share from the others, and no router moves between those")
    func nodeComes() {
        var cluster = Cluster()
        for number in 1...100 { cluster.add("s\(number)", ["192.0.2.\(number)"]) }
        let before = cluster.plan()
        cluster.input.nodes.append(Node("node9"))
        let after = cluster.plan()
        #expect(after.load.values.sorted() == [16, 16, 17, 17, 17, 17])
        for router in after.routers where router.members[0].node != "node9" {
            #expect(before.router(router.key)?.members[0].node == router.members[0].node)
        }
    }

    @Test("The order behind the first does not change when another node comes or goes")
    func backups() throws {
        var cluster = Cluster()
        for number in 1...20 { cluster.add("s\(number)", ["192.0.2.\(number)"]) }
        let before = cluster.plan()
        cluster.input.nodes.removeAll { $0.name == "node4" }
        let after = cluster.plan()
        for router in before.routers where router.members[0].node != "node4" {
            let names = router.members.map(\.node).filter { $0 != "node4" }
            #expect(after.router(router.key)?.members.map(\.node) == names)
        }
    }

    @Test("A node that is avoided comes last, and where all are, none is")
    func avoided() {
        var cluster = Cluster(nodes: 3)
        for number in 1...6 { cluster.add("s\(number)", ["192.0.2.\(number)"]) }
        let normal = cluster.plan()
        cluster.input.nodes[1].isAvoided = true
        let plan = cluster.plan()
        #expect(plan.load == ["node0": 3, "node2": 3])
        #expect(plan.routers.allSatisfy { $0.members.last?.node == "node1" && $0.members.count == 3 })
        for place in cluster.input.nodes.indices { cluster.input.nodes[place].isAvoided = true }
        cluster.input.preferredNodes = normal.preferredNodes
        #expect(cluster.plan().routers == normal.routers)
    }

    @Test("Only nodes with the labels take part; without one the group is told, and identifiers are dealt all the same")
    func selector() {
        var cluster = Cluster(nodes: 3)
        cluster.add("shop", ["192.0.2.7"])
        cluster.group.nodeSelector = ["role": "edge", "zone": "a"]
        cluster.input.nodes[1].labels = ["role": "edge", "zone": "b"]
        let none = cluster.plan()
        #expect(none.routers.isEmpty && none.problems(of: cluster.group) == [.noNode])
        #expect(none.ledgers[cluster.group.name]?.assignments.count == 1)
        cluster.input.nodes[1].labels["zone"] = "a"
        #expect(cluster.plan().routers.flatMap(\.members).map(\.node) == ["node1"])
    }

    @Test("With unicast each member has the address of the router's family; a node without one takes no part")
    func unicast() throws {
        var cluster = Cluster(nodes: 3)
        cluster.group.isUnicast = true
        cluster.input.nodes[0].addresses.append(IPAddress("2001:db8::10")!)
        cluster.add("shop", ["192.0.2.7", "2001:db8::7"])
        let plan = cluster.plan()
        #expect(plan.routers[0].members.map(\.address).allSatisfy { $0?.family == .ipv4 })
        #expect(plan.routers[1].members.map(\.address) == [IPAddress("2001:db8::10")!])
        #expect(
            plan.problems(of: cluster.group)
                == [.nodeWithoutAddress("node1", .ipv6), .nodeWithoutAddress("node2", .ipv6)])
    }

    @Test("With unicast and no node with an address of the family, the group and the Services concerned are told")
    func unicastWithoutFamily() throws {
        var cluster = Cluster(nodes: 2)
        cluster.group.isUnicast = true
        let both = cluster.add("both", ["192.0.2.7", "2001:db8::7"])
        let spread = cluster.add("spread", ["2001:db8::8", "2001:db8::9"], spreads: true)
        let old = cluster.add("old", ["192.0.2.8"])
        let plan = cluster.plan()
        #expect(plan.routers.map(\.key) == ["web/both", "web/old"])
        #expect(plan.problems(of: cluster.group).contains(.noNodeForFamily(.ipv6)))
        #expect(plan.problems(of: both) == [.noNodeForFamily(.ipv6)])
        #expect(plan.problems(of: spread) == [.noNodeForFamily(.ipv6)])
        #expect(plan.problems(of: old).isEmpty)

        var planner = cluster.input.planner()
        _ = planner.plan(now: 1)
        var nodes = cluster.input.nodes
        nodes[0].addresses.append(IPAddress("2001:db8::10")!)
        planner.set(nodes: nodes)
        let changes = planner.plan(now: 2)
        #expect(changes.subjects == [.group(cluster.group.name), .service(both), .service(spread)])
        #expect(planner.findings(on: .service(both)).isEmpty)
        #expect(planner.routers(of: cluster.group.name).count == 5)
        // A Service that goes to another group, and a group that goes, take along what was said of them.
        planner.set(nodes: cluster.input.nodes)
        _ = planner.plan(now: 3)
        planner.remove(group: cluster.group.name)
        #expect(planner.plan(now: 4).subjects.isSuperset(of: [.service(both), .service(spread)]))
        #expect(planner.findings(on: .service(spread)).map(\.problem) == [.groupMissing(cluster.group.name)])
    }

    @Test("A group that stays with version 2 advertises each second, its IPv6 routers speak version 3")
    func version2() {
        var cluster = Cluster()
        cluster.group.version = .v2
        cluster.add("shop", ["192.0.2.7", "2001:db8::7"])
        let routers = cluster.plan().routers
        #expect(routers.map(\.version) == [.v2, .v3])
        #expect(routers.map(\.advertisementInterval.centiseconds) == [100, 10])
    }
}
