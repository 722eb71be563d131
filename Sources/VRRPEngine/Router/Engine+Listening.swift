public import VRRP

// Who listens where, and whether that works.
extension Engine {
    mutating func registerReceiver(_ slot: Int) {
        guard let index = routers[slot].interfaceIndex else { return }
        let key = ReceiverKey(interfaceIndex: index, family: routers[slot].definition.family)
        let table = receivers[key] ?? newReceiverTable(key)
        let identifier = Int(routers[slot].definition.virtualRouterID.rawValue)
        let first = receiverTables[table].slots[identifier]
        routers[slot].nextOfIdentifier = first < 0 ? nil : first
        receiverTables[table].slots[identifier] = slot
        receiverTables[table].routerCount += 1
        subscriptionsAreStale = true
    }

    mutating func unregisterReceiver(_ slot: Int) {
        guard let index = routers[slot].interfaceIndex,
            let table = receivers[ReceiverKey(interfaceIndex: index, family: routers[slot].definition.family)]
        else { return }
        let identifier = Int(routers[slot].definition.virtualRouterID.rawValue)
        let next = routers[slot].nextOfIdentifier
        routers[slot].nextOfIdentifier = nil
        if receiverTables[table].slots[identifier] == slot {
            receiverTables[table].slots[identifier] = next ?? -1
        } else {
            var before = receiverTables[table].slots[identifier]
            while let following = routers[before].nextOfIdentifier, following != slot { before = following }
            routers[before].nextOfIdentifier = next
        }
        receiverTables[table].routerCount -= 1
        subscriptionsAreStale = true
        if receiverTables[table].routerCount == 0, interfaces[index] == nil {
            receivers[receiverTables[table].key] = nil
            freeReceiverTables.append(table)
        }
    }

    private mutating func newReceiverTable(_ key: ReceiverKey) -> Int {
        let table = freeReceiverTables.popLast() ?? receiverTables.count
        if table == receiverTables.count {
            receiverTables.append(ReceiverTable(key: key))
        } else {
            receiverTables[table] = ReceiverTable(key: key)
        }
        receivers[key] = table
        return table
    }

    /// Asks for what is to be received where anything about it changed.
    mutating func refreshSubscriptions(effects: inout [Effect]) {
        guard subscriptionsAreStale, !isShutDown else { return }
        subscriptionsAreStale = false
        var wanted: Set<Subscription> = []
        for slot in routers.indices where routers[slot].isInUse { wanted.formUnion(wantedSubscriptions(of: slot)) }
        for subscription in subscriptions.subtracting(wanted).sorted() { effects.append(.stopListening(subscription)) }
        for subscription in wanted.subtracting(subscriptions).sorted() { effects.append(.startListening(subscription)) }
        subscriptions = wanted
        deafSubscriptions.formIntersection(wanted)
    }

    /// What a router has to hear: none without an interface.
    private func wantedSubscriptions(of slot: Int) -> [Subscription] {
        let definition = routers[slot].definition
        guard let index = routers[slot].interfaceIndex else { return [] }
        let group: IPAddress? =
            switch definition.transport {
            case .multicast(let group): group
            case .unicast: nil
            }
        let plain = Subscription(interfaceIndex: index, family: definition.family, group: group)
        guard definition.authentication.authenticationHeaderKey != nil else { return [plain] }
        // Those without the header are heard as well: they are a mistake that somebody should see counted.
        var authenticated = plain
        authenticated.hasAuthenticationHeader = true
        return [plain, authenticated]
    }

    /// Tells the engine that what it asked for by ``Effect/startListening(_:)`` cannot be heard, or can be heard again.
    ///
    /// Routers that cannot hear stay out of the election: they would believe that they are alone, and take over from a
    /// router that is alive.
    public mutating func setHears(
        _ subscription: Subscription, _ hears: Bool, at now: Instant, effects: inout [Effect]
    ) {
        guard subscriptions.contains(subscription), hears == deafSubscriptions.contains(subscription) else { return }
        if hears { deafSubscriptions.remove(subscription) } else { deafSubscriptions.insert(subscription) }
        evaluate(affectedBy: [interfaces[subscription.interfaceIndex]?.name], at: now, effects: &effects)
    }

    /// Whether the host cannot listen to what a router has to hear.
    func isDeaf(_ slot: Int) -> Bool {
        guard !deafSubscriptions.isEmpty else { return false }
        return wantedSubscriptions(of: slot).contains { deafSubscriptions.contains($0) }
    }
}
