import VRRP
import VRRPEngine

/// What can go wrong in a random history.
private enum Fault: CaseIterable {
    case partition, oneWay, hostIsCutOff, loss, delay, duplication
    case pause, crash, shutDown, plannedStop
    case interfaceDown, interfaceRecreated, uplinkDown, primaryAddressChanged
    case addressRemoved, resynchronization
    case otherPriority, otherRouters, otherAddresses
}

extension Scenario {
    private var names: [String] { lab.nodes.map(\.name) }

    /// Plans one fault with its end, both before the healing.
    mutating func planFault(using random: inout SplitMix64) {
        let start = random.duration(in: .milliseconds(500)...(healing - .seconds(1)))
        let end = min(start + random.duration(in: .milliseconds(20)...(.seconds(6))), healing - .milliseconds(1))
        guard let fault = Fault.allCases.randomElement(using: &random),
            let victim = names.randomElement(using: &random)
        else { return }
        switch fault {
        case .partition, .oneWay, .hostIsCutOff, .loss, .delay, .duplication:
            planNetworkFault(fault, from: start, to: end, using: &random)
        case .pause:
            lab.at(start) { $0.pause(victim) }
            lab.at(end) { $0.resume(victim) }
        case .crash:
            lab.at(start) { $0.crash(victim) }
            lab.at(end) { $0.start(victim) }
        case .shutDown:
            lab.at(start) { $0.shutDown(victim) }
            lab.at(end) { $0.start(victim) }
        case .plannedStop:
            lab.at(start) { $0.stop(victim) }
            lab.at(end) { lab in
                // As somebody who has no patience: a second signal.
                if lab.node(victim).isStopping { lab.shutDown(victim) }
                lab.start(victim)
            }
        case .interfaceDown, .interfaceRecreated, .uplinkDown, .primaryAddressChanged:
            planInterfaceFault(fault, on: victim, from: start, to: end)
        case .addressRemoved:
            guard let address = definitions[victim]?.randomElement(using: &random)?.addresses.last else { return }
            hasStrangers = true
            lab.at(start) { lab in
                for name in lab.holders(of: address.address) {
                    for interface in lab.node(name).kernel.dump.map(\.name) {
                        lab.removeAddress(address.address, of: name, on: interface)
                    }
                }
            }
        case .resynchronization: lab.at(start) { $0.resynchronize(victim) }
        case .otherPriority, .otherRouters, .otherAddresses:
            planReload(fault, on: victim, from: start, to: end, using: &random)
        }
    }

    private mutating func planNetworkFault(
        _ fault: Fault, from start: Nanoseconds, to end: Nanoseconds, using random: inout SplitMix64
    ) {
        let shuffled = names.shuffled(using: &random)
        let size = Int.random(in: 1..<names.count, using: &random)
        let (some, others) = (Array(shuffled[..<size]), Array(shuffled[size...]))
        let percentage = Int.random(in: 10...95, using: &random)
        let delay = random.milliseconds(in: 1...60)
        switch fault {
        case .partition: lab.at(start) { $0.partition(some, from: others) }
        case .oneWay: lab.at(start) { $0.block(from: some, to: others) }
        case .hostIsCutOff: lab.at(start) { $0.partition(some, from: [Lab.hostName]) }
        case .loss: lab.at(start) { $0.setConditions { $0.lossPercentage = percentage } }
        case .delay: lab.at(start) { $0.setConditions { $0.delay = .zero...delay } }
        default: lab.at(start) { $0.setConditions { $0.duplicationPercentage = percentage } }
        }
        lab.at(end) { $0.heal() }
    }

    private mutating func planInterfaceFault(
        _ fault: Fault, on victim: String, from start: Nanoseconds, to end: Nanoseconds
    ) {
        switch fault {
        case .interfaceDown:
            lab.at(start) { $0.setInterface(of: victim, isRunning: false) }
            lab.at(end) { $0.setInterface(of: victim, isRunning: true) }
        case .interfaceRecreated:
            lab.at(start) { $0.removeInterface(of: victim) }
            lab.at(end) { [definitions] in Self.restoreInterface(of: victim, definitions, in: &$0) }
        case .primaryAddressChanged:
            // Peers would no longer know a node with another address.
            let isUnicast = (definitions[victim] ?? []).contains {
                if case .unicast = $0.transport { true } else { false }
            }
            guard !isUnicast, let place = names.firstIndex(of: victim) else { return }
            lab.at(start) { $0.removeAddress(IPAddress.literal("192.0.2.\(place + 10)"), of: victim) }
            lab.at(end) { $0.addAddress(HostAddress(stringLiteral: "192.0.2.\(place + 30)/24"), of: victim) }
        default:
            lab.at(start) { $0.setInterface("eth1", of: victim, isRunning: false) }
            lab.at(end) { $0.setInterface("eth1", of: victim, isRunning: true) }
        }
    }

    private mutating func planReload(
        _ fault: Fault, on victim: String, from start: Nanoseconds, to end: Nanoseconds,
        using random: inout SplitMix64
    ) {
        let original = definitions[victim] ?? []
        guard let router = original.randomElement(using: &random) else { return }
        let priority = Priority.clampedToBackup(Int.random(in: 1...254, using: &random))
        lab.at(start) { lab in
            lab.change(victim) { routers in
                switch fault {
                case .otherPriority:
                    for place in routers.indices where routers[place].name == router.name {
                        routers[place].priority = priority
                    }
                case .otherRouters: routers.removeAll { $0.name == router.name }
                default:
                    let additional = Self.additionalAddress(router)
                    for place in routers.indices
                    where routers[place].name == router.name && !routers[place].addresses.contains(additional) {
                        routers[place].addresses.append(additional)
                    }
                }
            }
        }
        lab.at(end) { $0.apply(original, to: victim) }
    }

    /// An address that no router of any scenario has from the beginning.
    private static func additionalAddress(_ router: VirtualRouterDefinition) -> VirtualAddress {
        let number = router.virtualRouterID.rawValue / 50
        return VirtualAddress(
            stringLiteral: router.family == .ipv4 ? "192.0.2.\(240 + number)" : "2001:db8:0:1::ffff:\(number)")
    }

    /// Plans the end of all faults: everything runs, is connected and has its definitions.
    mutating func planHealing() {
        lab.at(healing) { [names, definitions] lab in
            lab.heal()
            for name in names {
                lab.resume(name)
                Self.restoreInterface(of: name, definitions, in: &lab)
                lab.setInterface(of: name, isRunning: true)
                lab.setInterface("eth1", of: name, isRunning: true)
                lab.start(name)
                lab.apply(definitions[name] ?? [], to: name)
            }
        }
    }

    /// Plugs the interface of a node in again, where it is gone, and gives the node's own addresses back to it.
    private static func restoreInterface(
        of name: String, _ definitions: [String: [VirtualRouterDefinition]], in lab: inout Lab
    ) {
        guard let place = lab.nodes.firstIndex(where: { $0.name == name }) else { return }
        if lab.node(name).kernel.index(of: "eth0") == nil { lab.addInterface("eth0", to: name) }
        let own: [HostAddress] = [
            "192.0.2.\(place + 10)/24", "fe80::\(place + 10)/64", "2001:db8:0:1::\(place + 10)/64",
        ]
        .map(HostAddress.init(stringLiteral:))
        for address in own { lab.addAddress(address, of: name) }
        for router in definitions[name] ?? [] where router.priority.isAddressOwner && router.virtualMAC == nil {
            for address in router.addresses {
                lab.addAddress(HostAddress(address.address, prefixLength: address.prefixLength), of: name)
            }
        }
    }
}
