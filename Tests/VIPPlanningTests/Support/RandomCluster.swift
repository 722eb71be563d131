import VIPPlanning
import VRRP
import VRRPSimulation

/// Clusters that follow from a seed: a few groups, nodes and Services, some of them wrong.
enum RandomCluster {
    static func input(_ random: inout SplitMix64) -> PlanningInput {
        var input = PlanningInput(now: 1_000_000)
        input.groups = (0..<Int.random(in: 1...4, using: &random)).map { group($0, &random) }
        input.nodes = (0..<Int.random(in: 0...7, using: &random)).map { node($0, &random) }
        input.services = (0..<Int.random(in: 0...30, using: &random)).map { service($0, &random) }
        return input
    }

    /// Changes one thing.
    static func change(_ input: inout PlanningInput, _ random: inout SplitMix64) {
        let number = Int.random(in: 0..<40, using: &random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0: input.nodes.removeAll { $0.name == "node\(number % 8)" }
        case 1 where !input.nodes.contains { $0.name == "node\(number % 8)" }:
            input.nodes.append(node(number % 8, &random))
        case 2: input.groups[number % input.groups.count] = group(number % input.groups.count, &random)
        case 3, 4: input.services.removeAll { $0.name.name == "s\(number)" }
        default:
            input.services.removeAll { $0.name.name == "s\(number)" }
            input.services.append(service(number, &random))
        }
    }

    private static func group(_ number: Int, _ random: inout SplitMix64) -> AddressGroup {
        let interface: InterfaceChoice =
            random.chance(20) ? .towards(IPAddress("10.0.0.254")!) : .named(random.chance(70) ? "eth0" : "eth1")
        var group = AddressGroup(ObjectName("ingress", "g\(number)"), interface: interface)
        if random.chance(40) { group.nodeSelector = ["pool": random.chance(50) ? "a" : "b"] }
        group.isUnicast = random.chance(20)
        group.excludedRouterIDs = Set(
            (0..<3).compactMap { _ in
                VirtualRouterID(rawValue: UInt8.random(in: 1...20, using: &random))
            })
        return group
    }

    private static func node(_ number: Int, _ random: inout SplitMix64) -> Node {
        var addresses = [IPAddress("10.0.0.\(number + 1)")!]
        if random.chance(50) { addresses.append(IPAddress("2001:db8:1::\(number + 1)")!) }
        return Node(
            "node\(number)", labels: ["pool": random.chance(50) ? "a" : "b"], addresses: addresses,
            isAvoided: random.chance(10))
    }

    private static func service(_ number: Int, _ random: inout SplitMix64) -> Service {
        var service = Service(ObjectName("ns\(number % 3)", "s\(number)"))
        service.groupAnnotation = random.chance(5) ? "nonsense" : "ingress/g\(Int.random(in: 0..<5, using: &random))"
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
        service.isTerminating = random.chance(5)
        return service
    }
}
