import Testing
import VIPPlanning
import VRRP

@Suite("Router identifiers")
struct RouterIDTests {
    private func identifier(_ number: UInt8) -> VirtualRouterID { VirtualRouterID(rawValue: number)! }

    @Test("Identifiers go from 1 upwards in the order of the names, and stay")
    func sequence() {
        var cluster = Cluster()
        for name in ["c", "a", "b"] { cluster.add(name, ["192.0.2.\(name.utf8.first! - 90)"]) }
        let first = cluster.plan()
        #expect(first.routers.map(\.routerID.rawValue) == [1, 2, 3])
        cluster.add("aa", ["192.0.2.99"])
        let second = cluster.plan()
        #expect(second.router("web/aa")?.routerID.rawValue == 4)
        #expect(second.routers.filter { $0.key != "web/aa" }.map(\.routerID) == first.routers.map(\.routerID))
    }

    @Test("What the status of the present operator says is kept")
    func takeOver() {
        var cluster = Cluster()
        cluster.add("shop", ["192.0.2.7"])
        cluster.add("many", ["192.0.2.8", "192.0.2.9"], spreads: true)
        cluster.input.ledgers[cluster.group.name] = RouterIDLedger(assignments: [
            "web/shop": identifier(17), "web/many/192.0.2.8": identifier(3), "web/many/192.0.2.9": identifier(200),
        ])
        #expect(cluster.plan().routers.map(\.routerID.rawValue) == [3, 200, 17])
    }

    @Test("An identifier that was given back rests before it is used again")
    func quarantine() {
        var cluster = Cluster()
        let old = cluster.add("old", ["192.0.2.7"])
        _ = cluster.plan()
        cluster.remove(old)
        cluster.add("new", ["192.0.2.8"])
        #expect(cluster.plan().router("web/new")?.routerID.rawValue == 2)
        cluster.add("early", ["192.0.2.9"])
        #expect(cluster.plan(after: 598).router("web/early")?.routerID.rawValue == 3)
        cluster.add("late", ["192.0.2.10"])
        #expect(cluster.plan(after: 2).router("web/late")?.routerID.rawValue == 1)
    }

    @Test("Excluded identifiers, and those of strangers on the link, are not dealt")
    func excluded() {
        var cluster = Cluster()
        cluster.group.excludedRouterIDs = [identifier(1), identifier(3)]
        cluster.group.foreignRouterIDs = [identifier(2)]
        cluster.add("a", ["192.0.2.7"])
        cluster.add("b", ["192.0.2.8"])
        #expect(cluster.plan().routers.map(\.routerID.rawValue) == [4, 5])
        cluster.group.excludedRouterIDs.insert(identifier(4))
        // A stranger that is heard later is told of elsewhere; to change the identifier would move the address.
        cluster.group.foreignRouterIDs.insert(identifier(5))
        #expect(cluster.plan().routers.map(\.routerID.rawValue) == [6, 5])
    }

    @Test("How many identifiers there are, and how many are left, is known of each group that can be read")
    func counts() {
        var cluster = Cluster()
        cluster.group.excludedRouterIDs = [identifier(1), identifier(3)]
        cluster.group.foreignRouterIDs = [identifier(3), identifier(4)]
        let second = ObjectName("ingress", "second")
        cluster.input.groups.append(AddressGroup(second, interface: .named("eth0")))
        cluster.add("a", ["192.0.2.1"])
        cluster.add("b", ["192.0.2.2"], group: second)
        var planner = cluster.input.planner()
        _ = planner.plan(now: 1)
        #expect(planner.usableRouterIDs(of: cluster.group.name) == 252)
        // What the nodes of the first group hear, the second one would meet as well.
        #expect(planner.usableRouterIDs(of: second) == 253)
        // The second group has 1, which the first one must not have anyway.
        #expect(planner.availableRouterIDs(of: cluster.group.name) == 251)
        #expect(planner.availableRouterIDs(of: second) == 251)
        planner.setUnreadable(group: second)
        _ = planner.plan(now: 2)
        #expect(planner.usableRouterIDs(of: second) == 0)
    }

    @Test("One more router is a change of its own group; its neighbours have one free identifier less, and that is all")
    func neighboursOfOneMore() {
        var cluster = Cluster()
        let neighbours = (0..<40).map { ObjectName("ingress", "neighbour\($0)") }
        cluster.input.groups += neighbours.map { AddressGroup($0, interface: .named("eth0")) }
        var planner = cluster.input.planner()
        _ = planner.plan(now: 1)
        cluster.add("a", ["192.0.2.1"])
        planner.set(cluster.input.services[0])
        #expect(planner.plan(now: 2) == Changes(groups: [cluster.group.name], counts: Set(neighbours)))
        // Another address takes no identifier.
        cluster.input.services[0].ingressAddresses = ["192.0.2.2"]
        planner.set(cluster.input.services[0])
        #expect(planner.plan(now: 3) == Changes(groups: [cluster.group.name]))
    }

    @Test("Groups that share an interface of a node share the identifiers; others avoid each other's while they can")
    func groups() {
        var cluster = Cluster()
        let second = ObjectName("ingress", "second")
        let elsewhere = ObjectName("ingress", "elsewhere")
        let otherLink = ObjectName("ingress", "otherLink")
        cluster.group.nodeSelector = ["role": "edge"]
        cluster.input.nodes[0].labels = ["role": "edge"]
        cluster.input.nodes[1].labels = ["pool": "b"]
        cluster.input.groups.append(AddressGroup(second, interface: .towards(IPAddress("10.0.0.254")!)))
        var third = AddressGroup(elsewhere, interface: .named("eth0"))
        third.nodeSelector = ["pool": "b"]
        cluster.input.groups.append(third)
        cluster.input.groups.append(AddressGroup(otherLink, interface: .named("eth9")))
        cluster.add("a", ["192.0.2.1"])
        cluster.add("b", ["192.0.2.2"], group: second)
        cluster.add("c", ["192.0.2.3"], group: elsewhere)
        cluster.add("d", ["192.0.2.4"], group: otherLink)
        let plan = cluster.plan()
        let edge = plan.router("web/a")!.routerID
        #expect(edge != plan.router("web/b")!.routerID)
        #expect(edge != plan.router("web/c")!.routerID)
        // Where the interface may be the same one, "towards" keeps apart what the names would not.
        #expect(plan.router("web/d")!.routerID != plan.router("web/b")!.routerID)
    }

    @Test(
        "What a group had that is gone, or elsewhere, rests where it was: its nodes may not have heard of that",
        arguments: [false, true])
    func formerNeighbours(isDeleted: Bool) {
        var cluster = Cluster()
        let second = ObjectName("ingress", "second")
        cluster.input.groups.append(AddressGroup(second, interface: .named("eth0")))
        cluster.add("a", ["192.0.2.1"])
        cluster.add("b", ["192.0.2.2"], group: second)
        var planner = cluster.input.planner()
        _ = planner.plan(now: 1000)
        #expect(planner.routers(of: cluster.group.name).map(\.routerID.rawValue) == [1])
        if isDeleted {
            planner.remove(group: cluster.group.name)
        } else {
            cluster.group.interface = .named("eth1")
            planner.set(cluster.group)
        }
        cluster.add("early", ["192.0.2.3"], group: second)
        planner.set(cluster.input.services[2])
        _ = planner.plan(now: 1001)
        #expect(planner.routers(of: second).map(\.routerID.rawValue) == [2, 3])
        // Kept in the status, for who comes anew.
        #expect(planner.ledger(of: second).quarantine == [identifier(1): 1601])
        #expect(planner.nextDeadline == 1601)
        cluster.add("late", ["192.0.2.4"], group: second)
        planner.set(cluster.input.services[3])
        _ = planner.plan(now: 1601)
        #expect(planner.routers(of: second).map(\.routerID.rawValue) == [2, 3, 1])
    }

    @Test("What a group had that is gone rests for a group that is made after that on the same nodes, for ten minutes")
    func madeAfterDeletion() {
        var cluster = Cluster()
        cluster.add("a", ["192.0.2.1"])
        cluster.add("b", ["192.0.2.2"])
        var planner = cluster.input.planner()
        _ = planner.plan(now: 1000)
        planner.remove(group: cluster.group.name)
        _ = planner.plan(now: 1001)
        func dealt(to group: AddressGroup, at now: Int64) -> [UInt8] {
            planner.set(group)
            for place in cluster.input.services.indices {
                cluster.input.services[place].groupAnnotation = group.name.description
                planner.set(cluster.input.services[place])
            }
            _ = planner.plan(now: now)
            return planner.routers(of: group.name).map(\.routerID.rawValue)
        }
        let late = AddressGroup(ObjectName("ingress", "late"), interface: .named("eth0"))
        #expect(dealt(to: late, at: 1100) == [3, 4])
        #expect(planner.ledger(of: late.name).quarantine == [identifier(1): 1601, identifier(2): 1601])
        #expect(dealt(to: AddressGroup(ObjectName("ingress", "other"), interface: .named("eth1")), at: 1200) == [1, 2])
        planner.remove(group: late.name)
        _ = planner.plan(now: 1300)
        // What rested for long enough counts no longer, and what was given back later does.
        let latest = AddressGroup(ObjectName("ingress", "latest"), interface: .named("eth0"))
        #expect(dealt(to: latest, at: 1700) == [1, 2])
        #expect(planner.ledger(of: latest.name).quarantine == [identifier(3): 1800, identifier(4): 1800])
    }

    @Test("A planner that takes up what another one has remembered of deleted groups deals as that one would")
    func takenUp() {
        var cluster = Cluster()
        cluster.add("a", ["192.0.2.1"])
        cluster.add("b", ["192.0.2.2"])
        var planner = cluster.input.planner()
        _ = planner.plan(now: 1000)
        planner.remove(group: cluster.group.name)
        _ = planner.plan(now: 1001)
        let departed = planner.departedGroups
        #expect(
            departed == [
                DepartedGroup(
                    interface: .named("eth0"), nodes: Set(cluster.input.nodes.map(\.name)),
                    quarantine: [identifier(1): 1601, identifier(2): 1601])
            ])
        func dealt(on interface: String, at now: Int64, after departed: [DepartedGroup]) -> [UInt8] {
            cluster.group = AddressGroup(ObjectName("ingress", "late"), interface: .named(interface))
            for place in cluster.input.services.indices {
                cluster.input.services[place].groupAnnotation = "ingress/late"
            }
            var planner = cluster.input.planner()
            planner.restore(departed: departed, now: now)
            _ = planner.plan(now: now)
            return planner.routers(of: cluster.group.name).map(\.routerID.rawValue)
        }
        #expect(dealt(on: "eth0", at: 1600, after: departed) == [3, 4])
        #expect(dealt(on: "eth0", at: 1601, after: departed) == [1, 2])
        #expect(dealt(on: "eth1", at: 1600, after: departed) == [1, 2])
        // Who has edited it cannot make a rest longer than ten minutes, and no more groups count than before.
        let nodes = departed[0].nodes
        planner.restore(
            departed: (1...65).map { number in
                DepartedGroup(interface: .named("eth0"), nodes: nodes, quarantine: [identifier(number): .max])
            }, now: 2000)
        _ = planner.plan(now: 2000)
        #expect(planner.departedGroups.map(\.quarantine) == (2...65).map { [identifier($0): 2600] })
        _ = planner.plan(now: 2600)
        #expect(planner.departedGroups.isEmpty)
    }

    @Test("Strangers that nodes hear are avoided by all groups that would meet them, and other groups are none")
    func strangers() {
        var cluster = Cluster()
        let second = AddressGroup(ObjectName("ingress", "second"), interface: .named("eth0"))
        cluster.input.groups.append(second)
        cluster.add("a", ["192.0.2.1"])
        cluster.add("b", ["192.0.2.2"], group: second.name)
        var planner = cluster.input.planner()
        _ = planner.plan(now: 1)
        // The first group's nodes hear the second one's router, which is no stranger, and somebody's with 3.
        cluster.group.foreignRouterIDs = [identifier(1), identifier(2), identifier(3)]
        planner.set(cluster.group)
        #expect(planner.plan(now: 2).counts == [cluster.group.name, second.name])
        #expect(planner.routers(of: second.name).map(\.routerID.rawValue) == [2], "who has one keeps it")
        #expect(planner.usableRouterIDs(of: second.name) == 254)
        #expect(planner.availableRouterIDs(of: second.name) == 252)
        cluster.add("c", ["192.0.2.3"], group: second.name)
        planner.set(cluster.input.services[2])
        _ = planner.plan(now: 3)
        #expect(planner.routers(of: second.name).map(\.routerID.rawValue) == [2, 4])
    }

    @Test("However many identifiers a node says that it hears, most are left")
    func strangersBeyondMeasure() {
        var cluster = Cluster()
        cluster.group.foreignRouterIDs = Set((1...255).map { identifier($0) })
        for number in 1...3 { cluster.add("s\(number)", ["198.51.100.\(number)"]) }
        let plan = cluster.plan()
        #expect(plan.routers.map(\.routerID.rawValue) == [65, 66, 67])
        #expect(plan.availableRouterIDs == [cluster.group.name: 188])
    }

    @Test("No rest is longer than ten minutes, whatever somebody has written into a status", arguments: [false, true])
    func longestRest(ofNeighbour: Bool) {
        var cluster = Cluster()
        let second = ObjectName("ingress", "second")
        cluster.input.groups.append(AddressGroup(second, interface: .named("eth0")))
        cluster.add("b", ["192.0.2.2"], group: second)
        cluster.input.ledgers[ofNeighbour ? cluster.group.name : second] = RouterIDLedger(
            assignments: [:], quarantine: [identifier(7): 2_000_000_000])
        var planner = cluster.input.planner()
        if ofNeighbour { planner.setUnreadable(group: cluster.group.name) }
        _ = planner.plan(now: 1000)
        if ofNeighbour { planner.remove(group: cluster.group.name) }
        _ = planner.plan(now: 1001)
        let end: Int64 = ofNeighbour ? 1601 : 1600
        #expect(planner.ledger(of: second).quarantine == [identifier(7): end])
    }

    @Test("Where two groups have dealt the same identifier for one link, the first by name keeps it")
    func conflict() {
        var cluster = Cluster()
        let second = ObjectName("ingress", "second")
        cluster.input.groups.append(AddressGroup(second, interface: .named("eth0")))
        cluster.add("a", ["192.0.2.1"])
        cluster.add("b", ["192.0.2.2"], group: second)
        cluster.input.ledgers[cluster.group.name] = RouterIDLedger(assignments: ["web/a": identifier(1)])
        cluster.input.ledgers[second] = RouterIDLedger(assignments: ["web/b": identifier(1)])
        let plan = cluster.plan()
        #expect(plan.routers.map(\.routerID.rawValue) == [1, 2])
        #expect(
            plan.problems(of: cluster.input.groups[1]) == [
                .routerIDChanged(key: "web/b", from: identifier(1), sharedWith: cluster.group.name)
            ])
    }

    @Test("The 256th router waits, all others work, and the shortage is told before")
    func exhaustion() {
        var cluster = Cluster()
        for number in 1...239 { cluster.add("s\(1000 + number)", ["198.51.100.\(number)"]) }
        #expect(cluster.plan().problems(of: cluster.group).isEmpty)
        cluster.add("s1240", ["198.51.100.240"])
        #expect(cluster.plan().problems(of: cluster.group) == [.routerIDsShort(left: 15)])
        for number in 241...254 { cluster.add("s\(1000 + number)", ["198.51.100.\(number)"]) }
        cluster.add("s1255", ["192.0.2.1"])
        cluster.add("s1256", ["192.0.2.2"])
        let plan = cluster.plan()
        #expect(plan.routers.count == 255)
        #expect(plan.router("web/s1256") == nil)
        #expect(
            plan.problems(of: cluster.group) == [
                .routerIDPending(keys: ["web/s1256"], count: 1), .routerIDsShort(left: 0),
            ])
        cluster.remove(ObjectName("web", "s1001"))
        #expect(cluster.plan().router("web/s1256") == nil)
        #expect(cluster.plan(after: 600).router("web/s1256")?.routerID.rawValue == 1)
    }

    @Test("A Service that spreads its addresses leaves the last identifiers to those that have none")
    func lastIdentifiers() throws {
        var cluster = Cluster()
        let many = cluster.add("a-many", (0..<255).map { "198.51.100.\($0)" }, spreads: true)
        let plan = cluster.plan()
        #expect(plan.routers.count == 239)
        let keys = (85...89).map { "web/a-many/198.51.100.\($0)" }
        #expect(plan.problems(of: many) == [.routerIDsKept(keys: keys, count: 16)])
        #expect(plan.problems(of: cluster.group) == [.routerIDsKept(keys: keys, count: 16)])

        // Sixteen others get one each, one of them the first of two, and then there is none.
        let two = cluster.add("b-two", ["192.0.2.1", "192.0.2.2"], spreads: true)
        for number in 1...16 { cluster.add("c\(100 + number)", ["203.0.113.\(number)"]) }
        let full = cluster.plan()
        #expect(full.routers.count == 255)
        #expect(full.router("web/b-two/192.0.2.1") != nil && full.router("web/b-two/192.0.2.2") == nil)
        #expect(full.router("web/c115") != nil && full.router("web/c116") == nil)
        #expect(full.problems(of: two) == [.routerIDPending(keys: ["web/b-two/192.0.2.2"], count: 1)])
        #expect(
            full.problems(of: ObjectName("web", "c116")) == [.routerIDPending(keys: ["web/c116"], count: 1)])
        #expect(full.routers.filter { $0.service == many }.map(\.routerID) == plan.routers.map(\.routerID))

        // What becomes free is for the one that has none, and not for the many.
        cluster.remove(ObjectName("web", "c101"))
        _ = cluster.plan()
        let later = cluster.plan(after: 600)
        #expect(later.router("web/c116") != nil && later.router("web/b-two/192.0.2.2") == nil)
        #expect(later.routers.count == 255)
    }

    @Test("Services that come together share what there is before one of them gets more")
    func sharing() {
        var cluster = Cluster()
        cluster.add("a-many", (0..<255).map { "198.51.100.\($0)" }, spreads: true)
        for number in 1...100 { cluster.add("s\(1000 + number)", ["203.0.113.\(number)"]) }
        let plan = cluster.plan()
        #expect(plan.routers.filter { $0.key.hasPrefix("web/s") }.count == 100)
        #expect(plan.routers.count == 239)
    }

    @Test("An edited status that names an identifier twice is mended, and the first by name keeps it")
    func edited() {
        var cluster = Cluster()
        cluster.add("a", ["192.0.2.1"])
        cluster.add("b", ["192.0.2.2"])
        cluster.input.ledgers[cluster.group.name] = RouterIDLedger(assignments: [
            "web/a": identifier(5), "web/b": identifier(5),
        ])
        #expect(cluster.plan().routers.map(\.routerID.rawValue) == [5, 1])
    }
}
