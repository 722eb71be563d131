import VIPPlanning
import VRRP
import VRRPSimulation

/// Clusters that follow from a seed: a few groups, nodes and Services, some of them wrong.
enum RandomCluster {
    /// Every name that a group or Service of such a cluster can have.
    static let names =
        (0..<groupCount).map { groupName($0) } + (0..<serviceCount).map { serviceName($0) }

    private static let groupCount = 5
    private static let serviceCount = 40

    static func state(_ random: inout SplitMix64) -> ClusterState {
        var state = ClusterState()
        state.groups = (0..<Int.random(in: 1...4, using: &random)).map { group($0, &random) }
        state.nodes = (0..<Int.random(in: 0...7, using: &random)).map { node($0, &random) }
        state.services = (0..<Int.random(in: 0...30, using: &random)).map { service($0, &random) }
        return state
    }

    /// Changes one thing.
    static func change(_ state: inout ClusterState, _ random: inout SplitMix64) {
        let number = Int.random(in: 0..<serviceCount, using: &random)
        let name = groupName(number % groupCount)
        switch Int.random(in: 0..<12, using: &random) {
        case 0: state.nodes.removeAll { $0.name == "node\(number % 8)" }
        case 1:
            state.nodes.removeAll { $0.name == "node\(number % 8)" }
            state.nodes.append(node(number % 8, &random))
        case 2, 3:
            state.unreadable.remove(name)
            state.groups.removeAll { $0.name == name }
            state.groups.append(group(number % groupCount, &random))
        case 4 where random.chance(40):
            state.unreadable.remove(name)
            state.groups.removeAll { $0.name == name }
        case 5 where random.chance(60): state.unreadable.insert(name)
        case 6, 7: state.services.removeAll { $0.name == serviceName(number) }
        default:
            state.services.removeAll { $0.name == serviceName(number) }
            state.services.append(service(number, &random))
        }
    }

    private static func groupName(_ number: Int) -> ObjectName { ObjectName("ingress", "g\(number)") }
    private static func serviceName(_ number: Int) -> ObjectName { ObjectName("ns\(number % 3)", "s\(number)") }

    private static func group(_ number: Int, _ random: inout SplitMix64) -> AddressGroup {
        let interface: InterfaceChoice =
            random.chance(20) ? .towards(IPAddress("10.0.0.254")!) : .named(random.chance(70) ? "eth0" : "eth1")
        var group = AddressGroup(groupName(number), interface: interface)
        if random.chance(40) { group.nodeSelector = ["pool": random.chance(50) ? "a" : "b"] }
        group.isUnicast = random.chance(20)
        group.version = random.chance(10) ? .v2 : .v3
        // Where few are left, routers wait for those of others.
        let excluded = random.chance(30) ? 1...UInt8.random(in: 225...250, using: &random) : 1...1
        group.excludedRouterIDs = Set(
            excluded.compactMap(VirtualRouterID.init)
                + (0..<3).compactMap { _ in VirtualRouterID(rawValue: UInt8.random(in: 1...20, using: &random)) })
        if random.chance(20) { group.foreignRouterIDs = [VirtualRouterID(rawValue: 251)!] }
        if random.chance(10) { group.admittedNamespaces = ["ns0", "ns1"] }
        if random.chance(10) { group.admittedNetworks = [AddressRange("192.0.2.0/27")!] }
        return group
    }

    private static func node(_ number: Int, _ random: inout SplitMix64) -> Node {
        var addresses = [IPAddress("10.0.0.\(number + 1)")!]
        if random.chance(50) { addresses.append(IPAddress("2001:db8:1::\(number + 1)")!) }
        if random.chance(10) { addresses.removeFirst() }
        return Node(
            "node\(number)", labels: ["pool": random.chance(50) ? "a" : "b"], addresses: addresses,
            isAvoided: random.chance(10))
    }

    private static func service(_ number: Int, _ random: inout SplitMix64) -> Service {
        var service = Service(serviceName(number))
        service.groupAnnotation =
            random.chance(5) ? "nonsense" : groupName(Int.random(in: 0..<groupCount, using: &random)).description
        if random.chance(5) { service.groupAnnotation = nil }
        service.isLoadBalancer = random.chance(80)
        service.ingressAddresses = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            switch Int.random(in: 0..<10, using: &random) {
            case 0: "10.0.0.\(Int.random(in: 1...8, using: &random))"
            case 1: "not an address"
            case 2...4: "2001:db8::\(Int.random(in: 1...60, using: &random))"
            default: "192.0.2.\(Int.random(in: 1...60, using: &random))"
            }
        }
        if random.chance(30) { service.externalAddresses = ["198.51.100.\(Int.random(in: 1...60, using: &random))"] }
        service.createdAt = Int64.random(in: 0...10, using: &random)
        service.spreadsAddresses = random.chance(30)
        service.health = random.chance(10) ? .unavailable : .none
        service.isTerminating = random.chance(5)
        return service
    }
}
