import VRRP
import VRRPEngine

extension Host {
    /// The kernel's time that one request may take, because nothing can interrupt it.
    private static let requestTime = Nanoseconds.microseconds(300)
    /// What one request changes at most.
    private static let addressLimit = 32

    /// Changes the node's configuration until the queue is empty or `deadline` has come, at least one piece.
    func configure(until deadline: Instant) {
        while let work = configuration.takeNext(addresses: addressesAtOnce, routing: routingAtOnce) {
            switch work {
            case .routing(let operations): change(operations)
            case .addresses(let operations): change(operations)
            case .step(let step): carryOut(step)
            }
            if MonotonicClock.now >= deadline { return }
        }
    }

    /// Does `work` when all is done that waits at the moment; at once where nothing does.
    public func whenConfigured(_ work: @escaping () -> Void) {
        if configuration.isEmpty { work() } else { configuration.append(.call(work)) }
    }

    private func change(_ operations: [RoutingOperation]) {
        let start = MonotonicClock.now
        routing.perform(operations, results: &routingResults)
        let now = MonotonicClock.now
        routingAtOnce = Self.affordable(operations.count, in: now - start)
        for (operation, result) in zip(operations, routingResults) {
            var outcome = ConfigurationOutcome.refused
            switch result {
            case .success(let success): outcome = success
            case .failure(let error): observer.host(self, warned: .configurationFailed(error))
            }
            engine.routingOperationEnded(
                operation.assignment, isAdded: operation.isAddition, outcome, at: now, effects: &effects)
        }
        carryOutEffects()
    }

    /// How many changes one request may make, by what the last ones took.
    private static func affordable(_ count: Int, in elapsed: Nanoseconds) -> Int {
        max(1, min(addressLimit, Int(Int64(count) * requestTime.rawValue / max(1, elapsed.rawValue))))
    }

    private func change(_ operations: [AddressOperation]) {
        let start = MonotonicClock.now
        addresses.perform(operations[...], failures: &addressFailures)
        // The kernel walks through all addresses of an interface to add one: the ten-thousandth takes ten times as long
        // as the first.
        addressesAtOnce = Self.affordable(operations.count, in: MonotonicClock.now - start)
        // The kernel has told of these changes already. The engine has to hear of them while it still waits for their
        // end: later it would take its own removal of an address for somebody else's.
        readInterfaceNews()
        let now = MonotonicClock.now
        for (position, operation) in operations.enumerated() {
            let failure = addressFailures[position]
            let succeeded: ConfigurationOutcome = addresses.wereUnnecessary[position] ? .unnecessary : .done
            let outcome = failure == nil ? succeeded : .refused
            engine.addressOperationEnded(
                operation.assignment, isAdded: operation.isAddition, outcome, at: now, effects: &effects)
            if let failure { observer.host(self, warned: .configurationFailed(failure)) }
        }
        carryOutEffects()
    }

    private func carryOut(_ step: ConfigurationStep) {
        do throws(NetlinkError) {
            switch step {
            case .address(let operation): change([operation])
            case .routing(let operation): change([operation])
            case .createInterface(let interface): try create(interface)
            case .removeInterface(let interface): try virtualInterfaces.remove(interface)
            case .setInterface(let interface, let isUp): try virtualInterfaces.setUp(interface, isUp: isUp)
            case .refuseTraffic(let address): try filter.refuse(address)
            case .allowTraffic(let address): try filter.allow(address)
            case .call(let work): work()
            }
        } catch {
            observer.host(self, warned: .configurationFailed(error))
        }
    }

    private func create(_ interface: VirtualInterface) throws(NetlinkError) {
        try virtualInterfaces.create(
            interface, existing: interfaces.link(named: interface.name),
            parentName: interfaces.link(index: interface.parentIndex)?.name
        ) { error in
            observer.host(self, warned: .settingRefused(error))
        }
    }
}
