import VRRP
import VRRPEngine

// What is done with the effects that come out of an engine.
extension Lab {
    /// How many changes a process makes before it looks at its sockets again.
    private static let changesAtOnce = 8

    /// Carries the effects of the last call out, and those of the answers that they lead to.
    mutating func carryOutEffects(_ node: Int, at local: Instant) {
        let isImmediate = nodes[node].configurationDelay == .zero
        var places = effects.startIndex..<effects.endIndex
        while !places.isEmpty {
            for place in places { carryOut(effects[place], node) }
            let start = effects.endIndex
            for (subscription, hears) in nodes[node].hearingNews {
                nodes[node].engine.setHears(subscription, hears, at: local, effects: &effects)
            }
            nodes[node].hearingNews.removeAll()
            if isImmediate {
                while !nodes[node].configuration.isEmpty {
                    guard let answer = changeConfiguration(node) else { continue }
                    answer.tell(&nodes[node].engine, at: local, effects: &effects)
                }
            }
            places = start..<effects.endIndex
        }
        if !isImmediate { planConfiguration(node) }
    }

    /// Makes a portion of the changes that wait, lets the process hear of them, and answers.
    mutating func configure(_ node: Int) {
        var answers: [Answer] = []
        for _ in 0..<min(Self.changesAtOnce, nodes[node].configuration.count) {
            if let answer = changeConfiguration(node) { answers.append(answer) }
        }
        let notices = nodes[node].kernel.notices
        nodes[node].kernel.notices.removeAll()
        let synchronization = nodes[node].synchronization
        for notice in notices { take(.notice(notice, synchronization: synchronization), node) }
        nodes[node].isConfiguring = false
        drive(node) { engine, now, effects in
            for answer in answers { answer.tell(&engine, at: now, effects: &effects) }
        }
    }

    private mutating func planConfiguration(_ node: Int) {
        guard !nodes[node].configuration.isEmpty, !nodes[node].isConfiguring else { return }
        nodes[node].isConfiguring = true
        queue.plan(
            .arrival(node: node, .configuration, incarnation: nodes[node].incarnation),
            at: now + nodes[node].configurationDelay)
    }

    private mutating func carryOut(_ effect: Effect, _ node: Int) {
        switch effect {
        case .transmit(let transmission): send(transmission, node)
        case .announce(let announcement): announce(announcement, node)
        case .addAddress, .removeAddress, .addRouting, .removeRouting, .createVirtualInterface,
            .removeVirtualInterface, .setVirtualInterface:
            nodes[node].configuration.append(effect)
        case .startListening(let subscription):
            note(.requested("listens to \(subscription.family) on \(subscription.interfaceIndex)"), node)
            if !nodes[node].subscriptions.insert(subscription).inserted {
                violate("listens twice to \(subscription)", node: nodes[node].name)
            }
            guard !nodes[node].canListen else { return }
            nodes[node].deafSubscriptions.insert(subscription)
            nodes[node].hearingNews.append((subscription, false))
        case .stopListening(let subscription):
            note(.requested("stops listening to \(subscription.family) on \(subscription.interfaceIndex)"), node)
            nodes[node].deafSubscriptions.remove(subscription)
            if nodes[node].subscriptions.remove(subscription) == nil {
                violate("stops listening to what it does not: \(subscription)", node: nodes[node].name)
            }
        case .refuseTraffic(let address): nodes[node].kernel.refusedTraffic.insert(address)
        case .allowTraffic(let address): nodes[node].kernel.refusedTraffic.remove(address)
        case .report(let report): note(.reported(report), node)
        case .decision: return
        }
    }
}

// MARK: - Changes of addresses and interfaces

extension Lab {
    /// How a change of an address, a route or a rule ended.
    private enum Answer {
        case address(AddressAssignment, isAdded: Bool, ConfigurationOutcome)
        case routing(RoutingAssignment, isAdded: Bool, ConfigurationOutcome)

        func tell(_ engine: inout Engine, at now: Instant, effects: inout [Effect]) {
            switch self {
            case .address(let assignment, let isAdded, let outcome):
                engine.addressOperationEnded(assignment, isAdded: isAdded, outcome, at: now, effects: &effects)
            case .routing(let assignment, let isAdded, let outcome):
                engine.routingOperationEnded(assignment, isAdded: isAdded, outcome, at: now, effects: &effects)
            }
        }
    }

    /// Makes the first change that waits; returns the answer that the engine is to get.
    private mutating func changeConfiguration(_ node: Int) -> Answer? {
        switch nodes[node].configuration.removeFirst() {
        case .addAddress(let assignment):
            let address = HostAddress(
                assignment.address.address, prefixLength: assignment.address.prefixLength,
                originTag: HostAddress.ownTag)
            let succeeded = nodes[node].kernel.addAddress(address, to: assignment.interfaceIndex)
            note(.addressAdded(address.address, succeeded: succeeded), node)
            return .address(assignment, isAdded: true, succeeded ? .done : .refused)
        case .removeAddress(let assignment):
            let address = assignment.address.address
            if nodes[node].kernel.refusedRemovals.contains(address) {
                return .address(assignment, isAdded: false, .refused)
            }
            let wasThere = nodes[node].kernel.removeAddress(
                address, prefixLength: assignment.address.prefixLength, from: assignment.interfaceIndex)
            note(.addressRemoved(address, wasThere: wasThere), node)
            return .address(assignment, isAdded: false, wasThere ? .done : .unnecessary)
        case .addRouting(let assignment):
            let outcome = nodes[node].kernel.addRouting(assignment)
            note(.routingAdded(assignment.entry, outcome), node)
            return .routing(assignment, isAdded: true, outcome)
        case .removeRouting(let assignment):
            let wasThere = nodes[node].kernel.removeRouting(assignment.entry)
            note(.routingRemoved(assignment.entry, wasThere: wasThere), node)
            return .routing(assignment, isAdded: false, wasThere ? .done : .unnecessary)
        case .createVirtualInterface(let interface): create(interface, node)
        case .removeVirtualInterface(let interface):
            note(.requested("removes \(interface.name)"), node)
            if let index = nodes[node].kernel.index(of: interface.name) { nodes[node].kernel.removeInterface(index) }
        case .setVirtualInterface(let interface, let isUp):
            note(.requested("sets \(interface.name) \(isUp ? "up" : "down")"), node)
            if let index = nodes[node].kernel.index(of: interface.name) {
                nodes[node].kernel.setInterface(index, isRunning: isUp)
            }
        case .transmit, .announce, .startListening, .stopListening, .refuseTraffic, .allowTraffic, .report, .decision:
            break
        }
        return nil
    }

    private mutating func create(_ interface: VirtualInterface, _ node: Int) {
        note(.requested("creates \(interface.name) on \(interface.parentIndex)"), node)
        guard nodes[node].kernel.index(of: interface.name) == nil,
            let parent = nodes[node].kernel.interfaces[interface.parentIndex]
        else { return }
        _ = nodes[node].kernel.makeInterface(
            interface.name, segment: parent.segment, macAddress: interface.macAddress, isRunning: false,
            parentIndex: interface.parentIndex)
    }

    private mutating func note(_ occurrence: Occurrence, _ node: Int) {
        trace.note(occurrence, at: now, node: nodes[node].name)
    }
}
