import Testing
import VIPPlanning
import VRRP

@Suite("A group that cannot be read")
struct UnreadableGroupTests {
    private let other = ObjectName("ingress", "other")

    /// Two groups on the same interface, each with a Service.
    private func cluster() -> Cluster {
        var cluster = Cluster()
        cluster.input.groups.append(AddressGroup(other, interface: .named("eth0")))
        cluster.add("shop", ["192.0.2.7"])
        cluster.add("stall", ["192.0.2.8"], group: other)
        return cluster
    }

    @Test("has no routers in the plan, and its Services are told that it is there but cannot be read")
    func services() {
        let cluster = cluster()
        var planner = cluster.input.planner()
        _ = planner.plan(now: 1)
        let ledger = planner.ledger(of: cluster.group.name)
        planner.setUnreadable(group: cluster.group.name)
        let changes = planner.plan(now: 2)
        #expect(changes == Changes(subjects: [.service(ObjectName("web", "shop"))]))
        #expect(planner.groups == [other] && planner.routers(of: cluster.group.name).isEmpty)
        #expect(planner.ledger(of: cluster.group.name) == ledger)
        let findings = planner.findings(on: .service(ObjectName("web", "shop")))
        #expect(findings.map(\.problem) == [.groupUnreadable(cluster.group.name)])
        #expect(planner.routers(of: other).count == 1)
    }

    @Test("keeps its identifiers, also those of Services that have gone, and gets everything back when it is mended")
    func identifiers() {
        let cluster = cluster()
        var planner = cluster.input.planner()
        _ = planner.plan(now: 1)
        let routers = planner.routers(of: cluster.group.name)
        planner.setUnreadable(group: cluster.group.name)
        planner.remove(service: ObjectName("web", "shop"))
        _ = planner.plan(now: 2)
        var service = cluster.input.services[1]
        service.name.name = "new"
        service.ingressAddresses = ["192.0.2.9"]
        planner.set(service)
        _ = planner.plan(now: 10_000)
        #expect(planner.routers(of: other).map(\.routerID.rawValue) == [3, 2])
        planner.set(cluster.group)
        planner.set(cluster.input.services[0])
        #expect(planner.plan(now: 10_001).groups.contains(cluster.group.name))
        #expect(planner.routers(of: cluster.group.name) == routers)
    }

    @Test("keeps the addresses that its Services hold, and no others")
    func addresses() {
        var cluster = cluster()
        var planner = cluster.input.planner()
        _ = planner.plan(now: 1)
        planner.setUnreadable(group: cluster.group.name)
        let rival = cluster.add("rival", ["192.0.2.7", "192.0.2.9"], group: other)
        cluster.input.services[0].ingressAddresses.append("192.0.2.9")
        for service in cluster.input.services { planner.set(service) }
        _ = planner.plan(now: 2)
        let router = planner.routers(of: other).first { $0.service == rival }
        #expect(router?.addresses == [IPAddress("192.0.2.9")!])
        #expect(
            planner.findings(on: .service(rival)).map(\.problem)
                == [.addressHeld(IPAddress("192.0.2.7")!, by: ObjectName("web", "shop"))])
    }

    @Test(
        "keeps the addresses on its routers where a Service is deleted, names another group, or wants less",
        arguments: [Departure.deleted, .moved, .shrunk], [false, true])
    func departure(_ departure: Departure, isAfterRestart: Bool) {
        var cluster = cluster()
        let (shop, address) = (cluster.input.services[0].name, IPAddress("192.0.2.7")!)
        cluster.input.keep(cluster.input.plan())
        var planner = cluster.input.planner()
        if !isAfterRestart {
            _ = planner.plan(now: 1)
            planner.setUnreadable(group: cluster.group.name)
            _ = planner.plan(now: 2)
        } else {
            planner.remove(group: cluster.group.name)
            planner.setUnreadable(group: cluster.group.name)
        }
        var service = cluster.input.services[0]
        switch departure {
        case .deleted: planner.remove(service: shop)
        case .moved:
            service.groupAnnotation = other.description
            planner.set(service)
        case .shrunk:
            service.ingressAddresses = ["192.0.2.17"]
            planner.set(service)
        }
        let rival = cluster.add("rival", ["192.0.2.7"], group: other)
        planner.set(cluster.input.services[2])
        _ = planner.plan(now: 3)
        #expect(!planner.routers(of: other).flatMap(\.addresses).contains(address))
        #expect(planner.holders[address] == AddressHolder(shop, by: cluster.group.name))
        let sentence = Finding.Problem.addressLeft(address, in: cluster.group.name)
        #expect(planner.findings(on: .service(rival)).map(\.problem) == [sentence])
        if departure == .moved { #expect(planner.findings(on: .service(shop)).map(\.problem) == [sentence]) }

        // As soon as it is mended, or gone, its routers go, and the address with them.
        if isAfterRestart { planner.remove(group: cluster.group.name) } else { planner.set(cluster.group) }
        _ = planner.plan(now: 4)
        let heir = departure == .moved ? shop : rival
        #expect(planner.routers(of: other).first { $0.addresses == [address] }?.service == heir)
        #expect(!planner.routers(of: cluster.group.name).flatMap(\.addresses).contains(address))
    }

    enum Departure {
        case deleted, moved, shrunk
    }

    @Test("is avoided by all while there are other identifiers, where nobody knows where it is")
    func unknown() {
        var cluster = cluster()
        cluster.input.groups.removeFirst()
        var planner = cluster.input.planner()
        let hidden = ObjectName("ingress", "edge")
        planner.setUnreadable(group: hidden)
        planner.restore(
            ledger: RouterIDLedger(assignments: ["web/shop": VirtualRouterID(rawValue: 1)!]), of: hidden)
        _ = planner.plan(now: 1)
        #expect(planner.routers(of: other).map(\.routerID.rawValue) == [2])
        #expect(planner.availableRouterIDs(of: other) == 254 && planner.availableRouterIDs(of: hidden) == 0)
        #expect(planner.nodeCount(of: other) == 5 && planner.nodeCount(of: hidden) == 0)
    }
}
