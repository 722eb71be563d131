import Glibc
import VRRP
public import VRRPEngine

extension Host {
    /// What the engine knows at this moment.
    public var snapshot: EngineSnapshot { engine.snapshot(at: MonotonicClock.now) }

    /// Sets every counter of the engine to zero.
    public func resetStatistics() { engine.resetStatistics() }

    /// Looks at the interfaces and addresses of the node for the first time.
    ///
    /// Call it once, before the first ``apply(_:)``: an engine that does not know the node yet would report every interface
    /// as missing.
    public func begin() throws(HostError) {
        for warning in startWarnings { observer.host(self, warned: warning) }
        startWarnings.removeAll()
        do throws(SystemCallError) {
            engine.owners = try owner.owners()
            let leftovers = try routing.removeLeftovers(markedBy: OwnerTag.abandonedRouteProtocols(engine.owners))
            if leftovers > 0 { observer.host(self, warned: .routingLeftoversRemoved(count: leftovers)) }
            let found = try interfaces.resynchronize()
            engine.interfacesResynchronized(found, at: MonotonicClock.now, effects: &effects)
        } catch {
            throw .refused(error)
        }
        carryOutEffects()
    }

    /// Puts definitions in force, at the start and at any later time; what they do not change goes on undisturbed.
    ///
    /// Call it between ``begin()`` and ``run()``, or from the observer's ``HostObserver/host(_:received:)`` and
    /// ``HostObserver/host(_:answers:of:)``.
    public func apply(_ definitions: Definitions) throws(DefinitionError) {
        let now = MonotonicClock.now
        if !hasDefinitionsInForce {
            let start = definitions.node.earliestStart(startingAt: now, uptime: MonotonicClock.uptime)
            if start > now { engine.delayStart(until: start) }
        }
        // Others may have come since, whose addresses are not to be taken for leftovers.
        lookForOwners()
        try engine.apply(definitions, at: now, effects: &effects)
        adoptPolicy(of: definitions)
        hasDefinitionsInForce = true
        followRouting()
        followClaims(of: definitions)
        carryOutEffects()
    }

    /// Does for the node what definitions ask for besides their virtual routers.
    private func adoptPolicy(of definitions: Definitions) {
        settings.want(BorrowedSettings.settings(of: definitions)) { observer.host(self, warned: .settingRefused($0)) }
        do throws(NetlinkError) {
            try filter.adopt(definitions.node.filter)
            guard !hasDefinitionsInForce else { return }
            try filter.removeLeftovers(suffixes: OwnerTag.abandonedTableSuffixes(engine.owners))
        } catch {
            observer.host(self, warned: .configurationFailed(error))
        }
    }

    /// Tells the engine the states of objects outside of it that routers track by name, and that nothing here watches.
    ///
    /// - Returns: The names that no router tracks, sorted; their states are passed over.
    public func setTrackedObjects(_ states: [String: Bool]) -> [String] {
        let watched = Set(scripts.values.map(\.definition.trackedName) + sources.processes.map(\.trackedName))
        let own = states.keys.filter(watched.contains)
        let unknown = engine.setTrackedObjects(
            own.isEmpty ? states : states.filter { !watched.contains($0.key) }, at: MonotonicClock.now,
            effects: &effects)
        carryOutEffects()
        return (own + unknown).sorted()
    }

    /// Tells the engine the state of an object outside of it that routers track by name.
    public func setTrackedObject(_ name: String, isGood: Bool) {
        engine.setTrackedObject(name, isGood: isGood, at: MonotonicClock.now, effects: &effects)
        carryOutEffects()
    }

    /// Lets every virtual router leave its part to other nodes', until ``undrain()``.
    public func drain(_ plan: HandOverPlan) {
        engine.drain(plan, at: MonotonicClock.now, effects: &effects)
        carryOutEffects()
    }

    /// Lets the virtual routers take part again as they are defined.
    public func undrain() {
        engine.undrain(at: MonotonicClock.now, effects: &effects)
        carryOutEffects()
    }

    /// Whether the node is drained.
    public var isDrained: Bool { engine.isDrained }

    /// The names of the virtual routers that are active here, or any of whose addresses is here.
    public var holdingRouters: [String] { engine.holdingRouters }

    /// The names of the virtual routers that a drained node keeps, because the node itself has their addresses.
    public var undrainableRouters: [String] { engine.undrainableRouters }

    /// The last adverts of a virtual router; nil where there is none of the name.
    public func capture(ofRouter name: String) -> RouterCapture? { engine.capture(ofRouter: name) }

    /// Why virtual routers are in their states.
    public func explain(_ subject: ExplanationSubject) -> [RouterExplanation] {
        engine.explain(subject, at: MonotonicClock.now)
    }

    /// Lets every virtual router hand over to another node's; ``run()`` ends when the last one has left, or at ``stop()``.
    ///
    /// Definitions must not be applied any more.
    public func handOver(_ plan: HandOverPlan) {
        isHandingOver = true
        engine.beginHandOver(plan, at: MonotonicClock.now, effects: &effects)
        carryOutEffects()
    }

    /// Lets ``run()`` end after the turn in which it is called.
    public func stop() { isStopping = true }

    /// Runs until ``stop()`` or the end of a hand-over, and then gives everything up in order: adverts of priority 0,
    /// addresses, the packet filter, virtual interfaces, the control socket, the pid file.
    ///
    /// - Throws: When the host cannot go on; it has given everything up then, too.
    public func run() throws(HostError) {
        defer { shutDown() }
        if releasesProgramPages { ProgramPages.release() }
        do throws(SystemCallError) {
            while !isStopping, !engine.hasHandedOver { try takeTurn() }
        } catch {
            throw .refused(error)
        }
    }

    private func takeTurn() throws(SystemCallError) {
        let deadline = min(engine.nextDeadline, listenAgainAt)
        try timer.set(to: deadline)
        let hasWork =
            !configuration.isEmpty || !broadcasts.isEmpty || !lateAnswers.isEmpty || control?.hasRequests ?? false
        // The timer tells each deadline once; one that has passed already must not be waited for.
        let isOverdue = deadline <= MonotonicClock.now
        if !hasWork { letBurstGather(before: deadline) }
        try loop.wait(milliseconds: hasWork || isOverdue ? 0 : -1, into: &events)

        takeNews()
        let now = MonotonicClock.now
        advance(to: now)
        if listenAgainAt <= now { listenAgain() }
        configure(until: min(MonotonicClock.now + Self.configurationTime, engine.nextProtocolDeadline))
        handleSignals()
        collectErrands()
        hearScripts()
        serveClients()
        if !failures.isEmpty, now - failuresToldAt >= Self.repetition {
            failuresToldAt = now
            tellFailures()
        }
    }

    /// Lets the engine do what is due. Adverts leave first; the duties of routers that took over follow in portions, and
    /// what becomes due meanwhile leaves between them.
    private func advance(to start: Instant) {
        var now = start
        var owesDuties = true
        while owesDuties {
            engine.advertise(at: now, effects: &effects)
            carryOutEffects()
            owesDuties = engine.assumeDuties(limit: Self.routersAtOnce, at: now, effects: &effects)
            carryOutEffects()
            if owesDuties { now = MonotonicClock.now }
        }
        engine.advance(to: now, effects: &effects)
        carryOutEffects()
    }

    /// Hands in what happened on interfaces, then what was received.
    private func takeNews() {
        let lateness = MonotonicClock.now - engine.nextProtocolDeadline
        guard lateness <= Self.toleratedLateness else {
            observer.host(self, warned: .late(by: lateness))
            raisePriority(lateness: lateness)
            readInterfaceNews()
            for number in receivers.receivers.keys { receive(number, batches: Self.lateReceiveBatches) }
            return
        }
        for event in events where event.source == .interfaces { readInterfaceNews() }
        for event in events where event.source == .routing { readRoutingNews() }
        var hasReceived = false
        for event in events {
            guard case .receiver(let number) = event.source else { continue }
            receive(number, batches: Self.receiveBatches)
            hasReceived = true
        }
        noteReception(hasReceived)
    }

    private func handleSignals() {
        for event in events where event.source == .signals {
            do throws(SystemCallError) {
                while let signal = try signals?.next() { observer.host(self, received: signal) }
            } catch {
                observer.host(self, warned: .signalsFailed(error))
            }
        }
    }

    /// Tells what could not be sent since the last time.
    func tellFailures() {
        for (kind, count) in failures.takeAll() {
            let error = SystemCallError("send", errorNumber: kind.errorNumber)
            let interface = name(ofInterface: kind.interfaceIndex)
            observer.host(self, warned: .sendingFailed(interface: interface, error, count: count))
        }
    }

    /// How many packets could not be sent since the program started, by the names of the interfaces that there are.
    public var sendFailures: [String: UInt64] {
        Dictionary(
            failures.totals.compactMap { index, count in interfaces.link(index: index).map { ($0.name, count) } },
            uniquingKeysWith: +)
    }

    /// The name of an interface for people.
    func name(ofInterface index: Int32) -> String { interfaces.link(index: index)?.name ?? "interface \(index)" }
}
