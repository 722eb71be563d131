import VRRP
public import VRRPEngine

// What a scenario can do to nodes and to the processes on them.
extension Lab {
    /// Adds a node with one running interface; its process does not run yet.
    ///
    /// - Parameters:
    ///   - addresses: the node's own addresses on the interface.
    ///   - segment: what the interface is plugged into.
    public mutating func addNode(
        _ name: String, addresses: [HostAddress], interface: String = "eth0", segment: String = "lan",
        clock: SkewedClock = .exact
    ) {
        precondition(!nodes.contains { $0.name == name } && name != Self.hostName, "\(name) exists")
        var node = SimulatedNode(name: name, clock: clock)
        let index = node.kernel.makeInterface(
            interface, segment: segment, macAddress: Self.macAddress(node: nodes.count, interface: 0), isRunning: true)
        for address in addresses { node.kernel.addAddress(address, to: index) }
        node.kernel.notices.removeAll()
        nodes.append(node)
    }

    /// Starts the process of a node with definitions, or with those that it had last.
    ///
    /// - Parameter policy: what holds for the node, where there are other definitions.
    public mutating func start(
        _ name: String, _ routers: [VirtualRouterDefinition]? = nil, groups: [SyncGroupDefinition] = [],
        policy: NodePolicy = NodePolicy(), statics: StaticDefinitions = StaticDefinitions()
    ) {
        let node = index(of: name)
        guard !nodes[node].isRunning else { return }
        note("start", node)
        if let routers {
            nodes[node].definitions = Definitions(
                generation: 1, virtualRouters: routers, syncGroups: groups, node: policy)
            nodes[node].definitions.statics = statics
        }
        nodes[node].engine = Engine()
        // Every node was switched on when the laboratory opened.
        let local = nodes[node].clock.reading(at: now)
        let start = nodes[node].definitions.node.earliestStart(startingAt: local, uptime: now - .zero)
        if start > local { nodes[node].engine.delayStart(until: start) }
        nodes[node].isRunning = true
        nodes[node].isPaused = false
        nodes[node].incarnation += 1
        nodes[node].kernel.notices.removeAll()
        apply(nodes[node].definitions, node)
        resynchronize(name)
    }

    /// Ends a process as SIGTERM does: it hands over, and ends when it has.
    public mutating func stop(_ name: String, _ plan: HandOverPlan = HandOverPlan()) {
        let node = index(of: name)
        guard nodes[node].isRunning, !nodes[node].isStopping else { return }
        resume(name)
        note("stop", node)
        nodes[node].isStopping = true
        drive(node) { engine, now, effects in engine.beginHandOver(plan, at: now, effects: &effects) }
    }

    /// Ends a process as a second SIGTERM does: it gives up in order, and at once.
    public mutating func shutDown(_ name: String) {
        let node = index(of: name)
        guard nodes[node].isRunning else { return }
        resume(name)
        note("shut down", node)
        giveUp(node)
    }

    /// Ends the process of a node after everything that it still has to do.
    mutating func giveUp(_ node: Int) {
        drive(node) { engine, now, effects in engine.shutDown(at: now, effects: &effects) }
        while !nodes[node].configuration.isEmpty { configure(node) }
        end(node)
    }

    /// Ends a process as SIGKILL does: no last word, and its addresses stay.
    public mutating func crash(_ name: String) {
        let node = index(of: name)
        guard nodes[node].isRunning else { return }
        note("crash", node)
        end(node)
    }

    /// Stops a process as SIGSTOP does; packets and notices wait for it.
    public mutating func pause(_ name: String) {
        let node = index(of: name)
        guard nodes[node].isRunning, !nodes[node].isPaused else { return }
        note("pause", node)
        nodes[node].isPaused = true
    }

    /// Lets a stopped process go on: first with what waits for it, then with its timers, as the host does.
    public mutating func resume(_ name: String) {
        let node = index(of: name)
        guard nodes[node].isPaused else { return }
        note("resume with \(nodes[node].inbox.count) waiting", node)
        nodes[node].isPaused = false
        let waiting = nodes[node].inbox
        nodes[node].inbox.removeAll()
        for input in waiting { take(input, node) }
        drive(node) { engine, now, effects in
            if engine.nextDeadline <= now { engine.advance(to: now, effects: &effects) }
        }
    }

    /// Puts other virtual routers in force on a running node, in groups or each for itself.
    public mutating func apply(
        _ routers: [VirtualRouterDefinition], groups: [SyncGroupDefinition] = [],
        statics: StaticDefinitions = StaticDefinitions(), to name: String
    ) {
        let node = index(of: name)
        note("apply \(routers.count) routers", node)
        nodes[node].definitions = Definitions(
            generation: nodes[node].definitions.generation + 1, virtualRouters: routers, syncGroups: groups,
            node: nodes[node].definitions.node)
        nodes[node].definitions.statics = statics
        guard nodes[node].isRunning, !nodes[node].isStopping else { return }
        if nodes[node].isPaused {
            nodes[node].inbox.append(.definitions)
        } else {
            apply(nodes[node].definitions, node)
        }
    }

    /// Changes the definitions of a running node.
    public mutating func change(_ name: String, _ change: (inout [VirtualRouterDefinition]) -> Void) {
        let definitions = nodes[index(of: name)].definitions
        var routers = definitions.virtualRouters
        change(&routers)
        apply(routers, groups: definitions.syncGroups, statics: definitions.statics, to: name)
    }

    /// Changes what a running node is to have in any case.
    public mutating func changeStatics(of name: String, _ change: (inout StaticDefinitions) -> Void) {
        let definitions = nodes[index(of: name)].definitions
        var statics = definitions.statics
        change(&statics)
        apply(definitions.virtualRouters, groups: definitions.syncGroups, statics: statics, to: name)
    }

    /// Tells the process of a node about an object outside the engine.
    public mutating func setTrackedObject(_ object: String, isGood: Bool, on name: String) {
        let node = index(of: name)
        note("object \(object) is \(isGood ? "good" : "bad")", node)
        precondition(!nodes[node].isPaused, "a stopped process hears nothing")
        drive(node) { engine, now, effects in
            engine.setTrackedObject(object, isGood: isGood, at: now, effects: &effects)
        }
    }

    /// Drains a node, or ends that.
    public mutating func setDrained(_ isDrained: Bool, _ name: String, _ plan: HandOverPlan = HandOverPlan()) {
        let node = index(of: name)
        note(isDrained ? "is drained" : "is drained no more", node)
        precondition(!nodes[node].isPaused, "a stopped process hears nothing")
        drive(node) { engine, now, effects in
            if isDrained {
                engine.drain(plan, at: now, effects: &effects)
            } else {
                engine.undrain(at: now, effects: &effects)
            }
        }
    }

    /// Tells the process of a node whose the tags on addresses are.
    public mutating func setOwners(_ owners: AddressOwners, of name: String) {
        nodes[index(of: name)].engine.owners = owners
    }

    /// Lets the kernel of a node refuse the sockets that its process asks for, or give it those that it lacks.
    public mutating func setListening(isPossible: Bool, on name: String) {
        let node = index(of: name)
        note("listening \(isPossible ? "works" : "fails")", node)
        precondition(!nodes[node].isPaused, "a stopped process hears nothing")
        nodes[node].canListen = isPossible
        guard isPossible, nodes[node].isRunning else { return }
        let heard = nodes[node].deafSubscriptions.sorted()
        nodes[node].deafSubscriptions.removeAll()
        drive(node) { engine, now, effects in
            for subscription in heard { engine.setHears(subscription, true, at: now, effects: &effects) }
        }
    }

    /// Tells the process of a node the number of an object outside the engine.
    public mutating func setTrackedNumber(_ object: String, to number: Int, on name: String) {
        let node = index(of: name)
        note("object \(object) has the number \(number)", node)
        precondition(!nodes[node].isPaused, "a stopped process hears nothing")
        drive(node) { engine, now, effects in
            engine.setTrackedNumber(object, to: number, at: now, effects: &effects)
        }
    }

    /// Gives interfaces of a running node other delays, its virtual routers as they are.
    public mutating func setInterfaceDelays(_ delays: [InterfaceDelay], of name: String) {
        let node = index(of: name)
        note("\(delays.count) interfaces have delays", node)
        nodes[node].definitions.generation += 1
        nodes[node].definitions.interfaceDelays = delays
        apply(nodes[node].definitions, node)
    }

    /// Lets the process of a node read everything anew from its kernel, as after an overrun of netlink.
    public mutating func resynchronize(_ name: String) {
        let node = index(of: name)
        note("resynchronize", node)
        guard nodes[node].isRunning, !nodes[node].isPaused else { return }
        nodes[node].kernel.notices.removeAll()
        nodes[node].synchronization += 1
        let dump = nodes[node].kernel.dump
        drive(node) { engine, now, effects in
            engine.interfacesResynchronized(dump, at: now, effects: &effects)
        }
    }

    /// Changes properties of a node that no scenario has an own word for.
    public mutating func configure(_ name: String, _ change: (inout SimulatedNode) -> Void) {
        change(&nodes[index(of: name)])
    }

    mutating func apply(_ definitions: Definitions, _ node: Int) {
        var refusal: DefinitionError?
        drive(node) { engine, now, effects in
            do throws(DefinitionError) {
                try engine.apply(definitions, at: now, effects: &effects)
            } catch {
                refusal = error
            }
        }
        if let refusal { violate("definitions are refused: \(refusal)", node: nodes[node].name) }
    }

    private mutating func end(_ node: Int) {
        nodes[node].isRunning = false
        nodes[node].isPaused = false
        nodes[node].isStopping = false
        nodes[node].engine = Engine()
        nodes[node].inbox.removeAll()
        nodes[node].configuration.removeAll()
        nodes[node].isConfiguring = false
        nodes[node].synchronization = 0
        nodes[node].subscriptions.removeAll()
        nodes[node].deafSubscriptions.removeAll()
        nodes[node].hearingNews.removeAll()
        nodes[node].routers.removeAll()
        nodes[node].armedDeadlines.removeAll()
        nodes[node].wakeUp = nil
        nodes[node].wakeUpNumber += 1
    }

    /// Notes an action of the scenario on a node.
    mutating func note(_ action: String, _ node: Int? = nil) {
        trace.note(.action(action), at: now, node: node.map { nodes[$0].name } ?? "")
    }

    /// The place of a node; there must be one of this name.
    func index(of name: String) -> Int {
        guard let index = nodes.firstIndex(where: { $0.name == name }) else {
            preconditionFailure("there is no node \(name)")
        }
        return index
    }

    /// A locally administered hardware address that no other interface has.
    static func macAddress(node: Int, interface: Int) -> MACAddress {
        MACAddress(rawValue: 0x0200_0000_0000 | UInt64(node + 1) << 8 | UInt64(interface))
    }
}
