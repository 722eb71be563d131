import VIPPlanning
import VRRP

/// A small cluster to plan for: one group on five nodes unless a test says otherwise.
struct Cluster {
    var input = ClusterState()

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
        let plan = input.plan()
        input.keep(plan)
        return plan
    }
}
