public import VRRP

extension Engine {
    /// Whether there are routes or rules whose removal by somebody else the engine has to hear of.
    public var watchesRouting: Bool {
        !definitions.statics.isEmpty || !routing.isEmpty
    }

    /// What a router wants, or without one the node itself.
    func routing(of router: RouterSlot?) -> [ManagedRouting] {
        router.map { routing[$0.index] ?? [] } ?? statics.routing
    }

    private mutating func change(
        _ router: RouterSlot?, _ position: Int, _ change: (inout ManagedRouting) -> Void
    ) {
        var managed = routing(of: router)[position]
        let wasHeld = managed.state.isHeld
        change(&managed)
        if managed.state.isHeld != wasHeld {
            let holders = routingHolders[managed.entry, default: 0] + (wasHeld ? -1 : 1)
            routingHolders[managed.entry] = holders > 0 ? holders : nil
        }
        if let router {
            routing[router.index]?[position] = managed
        } else {
            statics.routing[position] = managed
        }
    }

    /// Asks for every route and rule that is not there, in order.
    mutating func addRouting(_ router: RouterSlot?, effects: inout [Effect]) {
        for (position, managed) in routing(of: router).enumerated()
        where !managed.state.isHeld && !managed.isRefused {
            addRouting(router, position, as: .adding, effects: &effects)
        }
    }

    private mutating func addRouting(
        _ router: RouterSlot?, _ position: Int, as state: ManagedRouting.State, effects: inout [Effect]
    ) {
        guard let assignment = assignment(router, position) else { return }
        change(router, position) { $0.state = state }
        effects.append(.addRouting(assignment))
    }

    /// Takes every rule and route away, the last one first.
    mutating func removeRouting(_ router: RouterSlot?, effects: inout [Effect]) {
        for position in routing(of: router).indices.reversed() {
            removeRouting(router, position, effects: &effects)
        }
    }

    /// Takes a rule or route away, unless it is somebody else's or another router needs it, too.
    mutating func removeRouting(_ router: RouterSlot?, _ position: Int, effects: inout [Effect]) {
        let managed = routing(of: router)[position]
        change(router, position) { $0.isRefused = false }
        guard managed.state.isHeld else { return }
        let isLast = routingHolders[managed.entry] == 1
        guard isLast, !managed.isForeign, let assignment = assignment(router, position) else {
            return change(router, position) { $0.state = .absent }
        }
        change(router, position) { $0.state = .removing }
        effects.append(.removeRouting(assignment))
    }

    /// What is to be configured; nil while an interface is missing.
    private func assignment(_ router: RouterSlot?, _ position: Int) -> RoutingAssignment? {
        let entry = routing(of: router)[position].entry
        var indices: [Int32] = []
        for name in entry.resolvedInterfaces {
            guard let index = interfaces[name]?.index else { return nil }
            indices.append(index)
        }
        return RoutingAssignment(entry: entry, interfaceIndices: indices, router: router)
    }

    /// Tells the engine how an ``Effect/addRouting(_:)`` or ``Effect/removeRouting(_:)`` ended.
    public mutating func routingOperationEnded(
        _ assignment: RoutingAssignment, isAdded: Bool, _ outcome: ConfigurationOutcome, at now: Instant,
        effects: inout [Effect]
    ) {
        let router = assignment.router
        guard let position = routing(of: router).firstIndex(where: { $0.entry == assignment.entry }) else { return }
        let managed = routing(of: router)[position]
        switch (managed.state, isAdded, outcome) {
        case (.adding, true, .done):
            change(router, position) { $0 = ManagedRouting(entry: $0.entry, state: .present) }
            if router == nil, managed.isRefused {
                evaluateDependents(of: .routing(managed.entry), at: now, effects: &effects)
            }
        case (.adding, true, .unnecessary):
            let isShared = (routingHolders[managed.entry] ?? 0) > 1
            change(router, position) {
                $0 = ManagedRouting(entry: $0.entry, state: .present, isForeign: !isShared)
            }
        case (.restoring, true, .done):
            change(router, position) { $0 = ManagedRouting(entry: $0.entry, state: .present) }
            effects.append(.report(.routingRestored(router: name(of: router), entry: "\(managed.entry)")))
        case (.restoring, true, .unnecessary): change(router, position) { $0.state = .present }
        case (.adding, true, .refused), (.restoring, true, .refused):
            change(router, position) {
                $0.state = .absent
                $0.isRefused = true
            }
            scheduleRoutingCheck(at: now + ManagedRouting.retryInterval)
            guard !managed.isRefused else { return }
            effects.append(.report(.routingRefused(router: name(of: router), entry: "\(managed.entry)")))
            if router == nil { evaluateDependents(of: .routing(managed.entry), at: now, effects: &effects) }
        case (.removing, false, _): change(router, position) { $0.state = .absent }
        case (.absent, _, _), (.present, _, _), (.adding, false, _), (.restoring, false, _), (.removing, true, _):
            return
        }
    }

    private func name(of router: RouterSlot?) -> String? { router.map { routers[$0.index].definition.name } }

    /// Somebody has removed routes or rules with the engine's mark, or may have: all are added again, those that are still
    /// there to no effect, but not more often than once a second.
    public mutating func routingRemoved(at now: Instant, effects: inout [Effect]) {
        routingIsSuspect = true
        scheduleRoutingCheck(at: now)
        checkRouting(at: now, effects: &effects)
    }

    mutating func scheduleRoutingCheck(at time: Instant) {
        let earliest = lastRoutingCheck.map { max(time, $0 + ManagedRouting.retryInterval) } ?? time
        routingCheckAt = min(routingCheckAt, earliest)
    }

    /// Tries again what the kernel refused, and puts back what somebody removed, once it is time.
    mutating func checkRouting(at now: Instant, effects: inout [Effect]) {
        guard routingCheckAt <= now, !isShutDown else { return }
        routingCheckAt = .distantFuture
        lastRoutingCheck = now
        let isSuspect = routingIsSuspect
        routingIsSuspect = false
        for slot in routing.keys.sorted() where routers[slot].isInUse && routers[slot].isActive {
            guard handOverPlan == nil || routers[slot].departure == nil else { continue }
            restoreRouting(RouterSlot(index: slot), all: isSuspect, effects: &effects)
        }
        retryStaticAddresses(effects: &effects)
        restoreRouting(nil, all: isSuspect, effects: &effects)
    }

    /// Adds the routes and rules of an active router again: all of them, or those that the kernel refused.
    mutating func restoreRouting(_ router: RouterSlot?, all: Bool, effects: inout [Effect]) {
        for (position, managed) in routing(of: router).enumerated() {
            switch managed.state {
            case .absent where managed.isRefused:
                addRouting(router, position, as: .adding, effects: &effects)
            case .present where all && managed.entry.isTracked:
                addRouting(router, position, as: .restoring, effects: &effects)
            case .absent, .present, .adding, .restoring, .removing: continue
            }
        }
    }

    /// Takes what a router is to have into use, once what it is to have no more was taken away.
    mutating func changeRouting(of slot: Int, to wanted: [RoutingEntry]) {
        let known = routing[slot] ?? []
        routing[slot] = wanted.isEmpty ? nil : known.updated(to: wanted)
    }

    /// Takes away the routes and rules that a router is to have no more.
    mutating func dropRouting(_ router: RouterSlot?, notIn wanted: [RoutingEntry], effects: inout [Effect]) {
        let kept = Set(wanted)
        for (position, managed) in routing(of: router).enumerated().reversed() where !kept.contains(managed.entry) {
            removeRouting(router, position, effects: &effects)
        }
    }
}

extension [ManagedRouting] {
    /// The routes and rules that are wanted, as far as known with what is known of them.
    func updated(to wanted: [RoutingEntry]) -> [ManagedRouting] {
        let known = Dictionary(map { ($0.entry, $0) }) { first, _ in first }
        return wanted.map { known[$0] ?? ManagedRouting(entry: $0) }
    }
}
