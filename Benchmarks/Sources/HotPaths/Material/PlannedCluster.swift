import VIPPlanning
import VRRP

/// A planner that knows 50 nodes and 40 groups of them, each on an interface of its own and with 250 Services.
struct PlannedCluster {
    var planner = Planner()
    private let groups: [ObjectName]
    private var now: Int64 = 1_750_000_000

    /// Nothing is planned yet.
    init() {
        groups = (0..<40).map { ObjectName("ingress", "group\($0)") }
        for (number, name) in groups.enumerated() {
            planner.set(AddressGroup(name, interface: .named("vlan\(number)")))
        }
        planner.set(
            nodes: (0..<50).map { number in
                Node("node\(number)", addresses: [.v4(IPv4Address(192, 0, 2, UInt8(number + 1)))])
            })
        for (number, name) in groups.enumerated() {
            for place in 0..<250 {
                planner.set(service(place, of: name, address: .v4(IPv4Address(10, UInt8(number), 0, UInt8(place + 1)))))
            }
        }
    }

    /// Plans what is new.
    mutating func plan() -> Changes {
        now += 1
        return planner.plan(now: now)
    }

    /// How many routers are planned.
    var count: Int { groups.reduce(0) { $0 + planner.routers(of: $1).count } }

    /// Gives a Service of the first group another address than it has.
    mutating func changeService(to last: UInt8) {
        planner.set(service(0, of: groups[0], address: .v4(IPv4Address(10, 0, 1, last))))
    }

    private func service(_ place: Int, of group: ObjectName, address: IPAddress) -> Service {
        var service = Service(ObjectName("shop\(place % 10)", "\(group.name)-service\(place)"))
        service.groupAnnotation = group.description
        service.isLoadBalancer = true
        service.ingressAddresses = [address.description]
        return service
    }
}
