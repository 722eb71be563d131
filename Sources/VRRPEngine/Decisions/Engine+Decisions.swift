import VRRP

/// What was told of decisions last, so that none is told again and again.
struct DecisionMemory: Sendable {
    /// What was told of a backup.
    struct Wait: Sendable {
        var deadline: Instant
        var heard: HeardAdvert?
        var interval: Nanoseconds
        var isPreempting: Bool
        var toldAt: Instant
    }

    /// A reason to refuse what comes in on an interface.
    struct Refusal: Hashable, Sendable {
        var receiver: ReceiverKey
        var reason: DiscardReason
    }

    /// By the slot of the router.
    var waits: [Int: Wait] = [:]
    /// When each was told last.
    var refusals: [Refusal: Instant] = [:]

    /// How long nothing more is told of a router's waiting: whoever is on the link can make it change with each packet.
    static let pause = Nanoseconds.seconds(1)
}

extension Engine {
    /// Whether decisions are told; without it they cost a comparison.
    public var tellsDecisions: Bool {
        get { decisions != nil }
        set { decisions = newValue ? decisions ?? DecisionMemory() : nil }
    }

    /// Tells how a backup waits, where that is news.
    mutating func tellWait(_ slot: Int, at now: Instant, effects: inout [Effect]) {
        guard decisions != nil else { return }
        guard case .backup(let backup) = routers[slot].machine.state else {
            decisions?.waits[slot] = nil
            return
        }
        let before = decisions?.waits[slot]
        if let before, now - before.toldAt < DecisionMemory.pause { return }
        let deadline = backup.activeDownDeadline
        // What goes on counting is no other time than before.
        let isArmed = before?.deadline != deadline
        let wait = DecisionMemory.Wait(
            deadline: deadline, heard: activeRouterKnown(to: slot),
            interval: isArmed ? deadline - now : before?.interval ?? .zero, isPreempting: backup.isPreempting,
            toldAt: now)
        let isNews =
            before.map { before in
                before.heard != wait.heard || before.interval != wait.interval
                    || before.isPreempting != wait.isPreempting
            } ?? true
        guard isNews else {
            decisions?.waits[slot]?.deadline = deadline
            return
        }
        decisions?.waits[slot] = wait
        let name = routers[slot].definition.name
        if wait.isPreempting, let heard = wait.heard {
            effects.append(.decision(.preempts(router: name, heard, after: deadline - now)))
        } else {
            effects.append(
                .decision(.activeDownTimerArmed(router: name, heard: wait.heard, interval: wait.interval)))
        }
    }

    /// Tells that a backup has waited long enough.
    mutating func tellExpiry(_ slot: Int, at now: Instant, effects: inout [Effect]) {
        guard decisions != nil, routers[slot].machine.state.name == .backup else { return }
        let silence = routers[slot].latencyMarks.lastAdvertisement.map { now - $0 }
        effects.append(
            .decision(
                .activeDownTimerExpired(
                    router: routers[slot].definition.name, activeRouterKnown(to: slot), silence: silence)))
    }

    /// Tells that a packet was refused that no router wants.
    mutating func tellRefusal(
        _ reason: DiscardReason, from source: IPAddress, _ table: Int, at now: Instant, effects: inout [Effect]
    ) {
        guard decisions != nil else { return }
        let key = receiverTables[table].key
        let refusal = DecisionMemory.Refusal(receiver: key, reason: reason)
        if let last = decisions?.refusals[refusal], now - last < RouterRuntime.reportInterval { return }
        decisions?.refusals[refusal] = now
        effects.append(
            .decision(.refused(interface: interfaces[key.interfaceIndex]?.name ?? "", reason, source: source)))
    }
}
