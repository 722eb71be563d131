import VRRP
import VRRPEngine

/// What can go wrong in a random history of a sync group.
private enum Fault: CaseIterable {
    case partition, silentSegment, loss, interfaceDown
    case pause, crash, shutDown, plannedStop
    case otherPriority, ungrouped
}

extension GroupScenario {
    /// Plans one fault with its end, both before the healing.
    mutating func planFault(using random: inout SplitMix64) {
        let start = random.duration(in: .milliseconds(500)...(healing - .seconds(1)))
        let end = min(start + random.duration(in: .milliseconds(20)...(.seconds(6))), healing - .milliseconds(1))
        guard let fault = Fault.allCases.randomElement(using: &random),
            let victim = names.randomElement(using: &random), let interface = interfaces.randomElement(using: &random)
        else { return }
        let others = names.filter { $0 != victim }
        let percentage = Int.random(in: 10...90, using: &random)
        let priority = Priority.clampedToBackup(Int.random(in: 1...254, using: &random))
        let member = group.members.randomElement(using: &random)
        let (routers, group) = (definitions[victim] ?? [], self.group)
        switch fault {
        case .partition: lab.at(start) { $0.partition([victim], from: others) }
        case .silentSegment: lab.at(start) { $0.silence("net\(interface.dropFirst(3))") }
        case .loss: lab.at(start) { $0.setConditions { $0.lossPercentage = percentage } }
        case .interfaceDown: lab.at(start) { $0.setInterface(interface, of: victim, isRunning: false) }
        case .pause: lab.at(start) { $0.pause(victim) }
        case .crash: lab.at(start) { $0.crash(victim) }
        case .shutDown: lab.at(start) { $0.shutDown(victim) }
        case .plannedStop: lab.at(start) { $0.stop(victim) }
        case .otherPriority:
            lab.at(start) { lab in
                lab.change(victim) { routers in
                    for place in routers.indices where routers[place].name == member {
                        routers[place].priority = priority
                    }
                }
            }
        case .ungrouped: lab.at(start) { $0.apply(routers, to: victim) }
        }
        lab.at(end) { lab in
            switch fault {
            case .partition, .silentSegment, .loss: lab.heal()
            case .interfaceDown: lab.setInterface(interface, of: victim, isRunning: true)
            case .pause: lab.resume(victim)
            case .crash, .shutDown: lab.start(victim)
            case .plannedStop:
                if lab.node(victim).isStopping { lab.shutDown(victim) }
                lab.start(victim)
            case .otherPriority, .ungrouped: lab.apply(routers, groups: [group], to: victim)
            }
        }
    }
}
