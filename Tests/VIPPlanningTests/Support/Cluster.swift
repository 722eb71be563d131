import VIPPlanning
import VRRP

/// A small cluster to plan for: one group on five nodes unless a test says otherwise.
struct Cluster {
    var input = PlanningInput(now: 1_000_000)

    init(nodes count: Int = 5) {
        input.groups = [AddressGroup(ObjectName("ingress", "edge"), interface: .named("eth0"))]
        input.nodes = (0..<count).map { Node("node\($0)", addresses: [IPAddress("10.0.0.\($0 + 1)")!]) }
    }

    /// The only group.
    var group: AddressGroup {
        get { input.groups[0] }
        set { input.groups[0] = newValue }
    }

    /// Adds a Service that asks for the first group.
    @discardableResult
    mutating func add(
        _ name: String, _ addresses: [String], createdAt: Int64 = 0, group: ObjectName? = nil, spreads: Bool = false
    ) -> ObjectName {
        var service = Service(ObjectName("web", name))
        service.groupAnnotation = (group ?? self.group.name).description
        service.isLoadBalancer = true
        service.ingressAddresses = addresses
        service.createdAt = createdAt
        service.spreadsAddresses = spreads
        input.services.append(service)
        return service.name
    }

    mutating func remove(_ name: ObjectName) { input.services.removeAll { $0.name == name } }

    /// Plans, and remembers what the next plan goes by.
    mutating func plan(after seconds: Int64 = 1) -> Plan {
        input.now += seconds
        let plan = Plan(input)
        input.ledgers = plan.ledgers
        input.holders = plan.holders
        input.preferredNodes = plan.preferredNodes
        return plan
    }
}

extension Plan {
    /// The router of a key; of the first family where there are two.
    func router(_ key: String) -> PlannedRouter? { routers.first { $0.key == key } }

    /// The problems of a Service.
    func problems(of service: ObjectName) -> [Finding.Problem] {
        findings.filter { $0.subject == .service(service) }.map(\.problem)
    }

    /// The problems of a group.
    func problems(of group: AddressGroup) -> [Finding.Problem] {
        findings.filter { $0.subject == .group(group.name) }.map(\.problem)
    }

    /// How many routers each node has the best claim to.
    var load: [String: Int] {
        Dictionary(grouping: routers) { $0.members[0].node }.mapValues { Set($0.map(\.key)).count }
    }
}
