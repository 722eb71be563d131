import VRRP
import VRRPEngine

extension Scenario {
    /// A history with faults of every kind, which follows from the seed alone.
    public static func random(seed: UInt64) -> Scenario {
        var scenario = Scenario(seed: seed)
        var random = SplitMix64(seed: seed)
        scenario.settle(using: &random, startingWithin: .seconds(2))
        scenario.healing = .seconds(12)
        for _ in 0..<Int.random(in: 3...9, using: &random) { scenario.planFault(using: &random) }
        scenario.planHealing()
        return scenario
    }

    /// A history in which nothing fails: the nodes start, some later than others, and elect.
    public static func calm(seed: UInt64) -> Scenario {
        var scenario = Scenario(seed: seed)
        var random = SplitMix64(seed: seed)
        let lastStart = random.chance(50) ? Nanoseconds.zero : .seconds(3)
        scenario.settle(using: &random, startingWithin: lastStart)
        scenario.healing = lastStart
        scenario.aftermath = .seconds(2)
        return scenario
    }

    /// Makes nodes and virtual routers, and plans their starts.
    private mutating func settle(using random: inout SplitMix64, startingWithin lastStart: Nanoseconds) {
        let names = ["a", "b", "c", "d", "e"].prefix(Int.random(in: 3...5, using: &random))
        let isSkewed = random.chance(50)
        for (place, name) in names.enumerated() {
            let number = place + 10
            lab.addNode(
                name,
                addresses: [
                    HostAddress(stringLiteral: "192.0.2.\(number)/24"),
                    HostAddress(stringLiteral: "fe80::\(number)/64"),
                    HostAddress(stringLiteral: "2001:db8:0:1::\(number)/64"),
                ],
                clock: SkewedClock(
                    start: Instant(Int64.random(in: 0...1_000_000_000_000_000, using: &random)),
                    partsPerMillion: isSkewed ? Int64.random(in: -10_000...10_000, using: &random) : 0))
            lab.addInterface("eth1", to: name, segment: "uplink")
            let lateness = random.chance(50) ? Nanoseconds.zero : random.duration(in: .zero...(.milliseconds(2)))
            let noticeDelay = random.duration(in: .zero...(.milliseconds(5)))
            let configurationDelay =
                random.chance(50) ? Nanoseconds.zero : random.duration(in: .zero...(.milliseconds(3)))
            let tagsAddresses = random.chance(80)
            lab.configure(name) { node in
                node.timerLateness = lateness
                node.noticeDelay = noticeDelay
                node.configurationDelay = configurationDelay
                node.kernel.tagsAddresses = tagsAddresses
            }
            slack = max(slack, lateness * 4 + .milliseconds(1))
        }
        for number in 0..<Int.random(in: 1...3, using: &random) {
            let routers = Self.randomRouters(number, nodes: Array(names), using: &random)
            for (name, router) in zip(names, routers) {
                definitions[name, default: []].append(router)
                guard router.priority.isAddressOwner, router.virtualMAC == nil else { continue }
                // The owner has the addresses as its own.
                for address in router.addresses {
                    lab.addAddress(
                        HostAddress(address.address, prefixLength: address.prefixLength), of: name)
                }
            }
        }
        for name in names {
            let routers = definitions[name] ?? []
            lab.at(random.duration(in: .zero...lastStart)) { $0.start(name, routers) }
        }
    }

    /// One virtual router as each node takes part in it.
    private static func randomRouters(
        _ number: Int, nodes: [String], using random: inout SplitMix64
    ) -> [VirtualRouterDefinition] {
        let family: AddressFamily = random.chance(60) ? .ipv4 : .ipv6
        var router = VirtualRouterDefinition.example(
            "r\(number)", family: family, id: VirtualRouterID(integerLiteral: UInt8(number * 50 + 1)),
            addresses: randomAddresses(number, family, using: &random))
        router.version = family == .ipv4 && random.chance(30) ? .v2 : .v3
        let intervals = router.version == .v2 ? [100, 200] : [5, 10, 25, 50, 50, 100, 100, 100, 200]
        router.advertisementInterval = .centiseconds(intervals.randomElement(using: &random) ?? 100)
        if router.version == .v2, random.chance(30) {
            router.authentication = SimpleTextPassword("s3cret").map(Authentication.simpleText) ?? .none
        }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<60: router.preemption = .immediate
        case 60..<75: router.preemption = .never
        default: router.preemption = .delayed(random.milliseconds(in: 500...5000))
        }
        if random.chance(25) { router.transport = .unicast(peers: peers(nodes.count, family, using: &random)) }
        if random.chance(20) { router.virtualMAC = VirtualMACInterface(name: "vrrp.\(number)") }
        if random.chance(25) {
            router.tracking.conditions = [TrackedCondition(.interface("eth1"), effect: .weight(-60))]
        }
        router.acceptMode = random.chance(50)
        router.announcements.refreshInterval = .seconds(5)
        if random.chance(30) {
            router.announcements.gratuitousARPSpacing = .milliseconds(20)
            router.announcements.neighborAdvertisementSpacing = .milliseconds(20)
        }
        router.interoperability.answersLowerPriority = random.chance(80)
        router.interoperability.transmittedChecksum =
            TransmittedChecksumForm.allCases.randomElement(using: &random) ?? .pseudoHeader
        let hasOwner = random.chance(20)
        let isEqual = !hasOwner && random.chance(20)
        let priorities = Array(1...254).shuffled(using: &random).prefix(nodes.count)
        return nodes.indices.map { place in
            var own = router
            let priority = isEqual ? 100 : UInt8(priorities[place])
            own.priority = hasOwner && place == 0 ? .addressOwner : Priority(integerLiteral: priority)
            return own
        }
    }

    private static func randomAddresses(
        _ number: Int, _ family: AddressFamily, using random: inout SplitMix64
    ) -> [VirtualAddress] {
        let count = Int.random(in: 1...4, using: &random)
        switch family {
        case .ipv4:
            return (0..<count).map { VirtualAddress(stringLiteral: "192.0.2.\(100 + number * 10 + $0)") }
        case .ipv6:
            let others = (0..<count).map { VirtualAddress(stringLiteral: "2001:db8:0:1::\(number + 1):\($0)") }
            return [VirtualAddress(stringLiteral: "fe80::\(number + 1):0")] + others
        }
    }

    /// A list of all nodes, which every one of them has, itself included.
    private static func peers(
        _ count: Int, _ family: AddressFamily, using random: inout SplitMix64
    ) -> [UnicastPeer] {
        let network = family == .ipv4 ? "192.0.2." : random.chance(50) ? "fe80::" : "2001:db8:0:1::"
        return (0..<count).map { UnicastPeer(address: IPAddress.literal("\(network)\($0 + 10)")) }
    }
}
