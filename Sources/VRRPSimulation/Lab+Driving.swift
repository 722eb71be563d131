import VRRP
import VRRPEngine

// How the process on a node runs: what comes in, and when.
extension Lab {
    /// Calls the engine of a node as its host would, carries the effects out, and plans the next wake-up.
    mutating func drive(_ node: Int, _ body: (inout Engine, Instant, inout [Effect]) -> Void) {
        guard nodes[node].isRunning, violation == nil else { return }
        let local = nodes[node].clock.reading(at: now)
        effects.removeAll(keepingCapacity: true)
        body(&nodes[node].engine, local, &effects)
        carryOutEffects(node, at: local)
        passOnNotices(node)
        planWakeUp(node)
        checkInvariants(node, at: local)
        if nodes[node].isStopping, nodes[node].engine.hasHandedOver {
            queue.plan(.arrival(node: node, .handedOver, incarnation: nodes[node].incarnation), at: now)
        }
    }

    /// Hands an input to the engine of a node.
    mutating func take(_ input: SimulatedNode.Input, _ node: Int) {
        switch input {
        case .frame(let frame, let interfaceIndex, let source):
            trace.note(.received(from: source), at: now, node: nodes[node].name)
            receive(frame, interfaceIndex, node)
        case .configuration: configure(node)
        case .definitions: apply(nodes[node].definitions, node)
        case .handedOver: giveUp(node)
        case .notice(let notice, let synchronization):
            guard synchronization == nodes[node].synchronization else { return }
            drive(node) { engine, now, effects in
                switch notice {
                case .interfaceChanged(let interface):
                    engine.interfaceChanged(interface, at: now, effects: &effects)
                case .interfaceRemoved(let index):
                    engine.interfaceRemoved(index: index, at: now, effects: &effects)
                case .addressAdded(let address, let index):
                    engine.addressAdded(address, interfaceIndex: index, at: now, effects: &effects)
                case .routingRemoved: engine.routingRemoved(at: now, effects: &effects)
                case .addressRemoved(let address, let prefixLength, let index):
                    engine.addressRemoved(
                        address, prefixLength: prefixLength, interfaceIndex: index, at: now, effects: &effects)
                }
            }
            if case .interfaceRemoved(let index) = notice,
                let kept = nodes[node].subscriptions.first(where: { $0.interfaceIndex == index })
            {
                violate("keeps \(kept), whose interface is gone", node: nodes[node].name)
            }
        }
    }

    /// Lets an input wait for a paused process; a packet that no longer fits is lost.
    mutating func wait(_ input: SimulatedNode.Input, for node: Int) {
        if case .frame(_, _, let source) = input, nodes[node].inbox.count >= nodes[node].socketCapacity {
            trace.note(.lost(from: source), at: now, node: nodes[node].name)
            return
        }
        nodes[node].inbox.append(input)
    }

    /// Wakes the process of a node when its engine has something to do.
    private mutating func planWakeUp(_ node: Int) {
        let deadline = nodes[node].engine.nextDeadline
        guard deadline != .distantFuture else {
            if nodes[node].wakeUp != nil {
                nodes[node].wakeUp = nil
                nodes[node].wakeUpNumber += 1
            }
            return
        }
        var moment = max(now, nodes[node].clock.moment(of: deadline))
        if nodes[node].timerLateness > .zero {
            // The plan stays while the deadline does, or the draw would be repeated at every packet.
            if let planned = nodes[node].wakeUp, planned >= moment, planned - moment <= nodes[node].timerLateness {
                return
            }
            moment = moment + random.duration(in: .zero...nodes[node].timerLateness)
        }
        guard moment != nodes[node].wakeUp else { return }
        nodes[node].wakeUp = moment
        nodes[node].wakeUpNumber += 1
        queue.plan(.wakeUp(node: node, number: nodes[node].wakeUpNumber), at: moment)
    }
}
