import VRRP

extension Engine {
    /// How many announcements one call of ``advance(to:effects:)`` sends at most: some 0.2 ms of work, so that a node
    /// with thousands of addresses never makes an advert wait for them.
    private static let announcementsPerTurn = 64

    /// Starts the rounds of announcements that an event causes.
    mutating func startRun(
        _ slot: Int, _ offsets: [Nanoseconds], only: Set<IPAddress>?, followsContest: Bool = false, at now: Instant
    ) {
        guard !offsets.isEmpty else { return }
        routers[slot].runs.append(
            AnnouncementRun(start: now, offsets: offsets, only: only, followsContest: followsContest))
        scheduleAnnouncements(slot)
    }

    /// Announces again after a contest, because switches and neighbours may have learned the loser; at most once a
    /// second, so that nobody can provoke a flood of frames by losing again and again.
    mutating func announceAfterContest(_ slot: Int, at now: Instant) {
        if let last = routers[slot].lastContestRun, now - last < .seconds(1) { return }
        routers[slot].lastContestRun = now
        routers[slot].runs.removeAll(where: \.followsContest)
        startRun(slot, routers[slot].definition.announcements.afterContest, only: nil, followsContest: true, at: now)
    }

    /// Sets when the addresses of an active router are announced again without cause.
    mutating func scheduleRefresh(_ slot: Int, at now: Instant) {
        let plan = routers[slot].definition.announcements
        routers[slot].refreshAt = plan.refreshInterval.map { now + $0 }
        routers[slot].extraAnnouncementAt = plan.extraInterfaces.map { now + $0.interval }
        scheduleAnnouncements(slot)
    }

    /// Announces addresses no more unless there is a cause: hosts that have just heard one announcement may ignore the next.
    mutating func stopRefreshing(_ slot: Int) {
        routers[slot].refreshAt = nil
        routers[slot].extraAnnouncementAt = nil
        scheduleAnnouncements(slot)
    }

    /// Drops everything that a router still had to announce.
    mutating func stopAnnouncing(_ slot: Int) {
        routers[slot].runs.removeAll()
        routers[slot].refreshAt = nil
        routers[slot].extraAnnouncementAt = nil
        rounds.removeAll { $0.slot == slot }
        scheduleAnnouncements(slot)
    }

    private mutating func scheduleAnnouncements(_ slot: Int) {
        var earliest = routers[slot].refreshAt
        if let extra = routers[slot].extraAnnouncementAt { earliest = min(earliest ?? extra, extra) }
        for run in routers[slot].runs {
            guard let deadline = run.deadline else { continue }
            earliest = min(earliest ?? deadline, deadline)
        }
        announcementDeadlines.set(earliest, for: slot)
    }

    /// Turns what is due into rounds.
    mutating func startDueRounds(at now: Instant) {
        while let (slot, deadline) = announcementDeadlines.first, deadline <= now {
            for place in routers[slot].runs.indices {
                while let due = routers[slot].runs[place].deadline, due <= now {
                    let run = routers[slot].runs[place]
                    rounds.append(AnnouncementRound(slot: slot, only: run.only, isRepetition: run.next > 0))
                    routers[slot].runs[place].next += 1
                }
            }
            routers[slot].runs.removeAll { $0.deadline == nil }
            let plan = routers[slot].definition.announcements
            if let refreshAt = routers[slot].refreshAt, refreshAt <= now, let interval = plan.refreshInterval {
                for _ in 0..<plan.refreshRounds { rounds.append(AnnouncementRound(slot: slot, isRepetition: true)) }
                routers[slot].refreshAt = now + interval
            }
            if let extra = routers[slot].extraAnnouncementAt, extra <= now, let wish = plan.extraInterfaces {
                let addresses = addressesOnExtraInterfaces(slot, wish)
                if !addresses.isEmpty {
                    rounds.append(AnnouncementRound(slot: slot, only: addresses, isRepetition: true))
                }
                routers[slot].extraAnnouncementAt = now + wish.interval
            }
            scheduleAnnouncements(slot)
        }
    }

    /// When the next frame of a round can leave.
    var nextRoundDeadline: Instant {
        let repeats = onlyRepetitionsAreLeft
        return rounds.reduce(.distantFuture) { $1.isRepetition == repeats ? min($0, $1.blockedUntil) : $0 }
    }

    /// Whether every address was announced, so that it is the turn of repetitions.
    private var onlyRepetitionsAreLeft: Bool { rounds.allSatisfy(\.isRepetition) }

    /// Lets the rounds of a router go on after the kernel has answered; what spacing blocks is blocked again at once.
    mutating func unblockRounds(_ slot: Int) {
        for place in rounds.indices where rounds[place].slot == slot { rounds[place].blockedUntil = .zero }
    }

    /// Sends what the pace allows, in order, up to the number for one turn.
    mutating func sendRounds(at now: Instant, effects: inout [Effect]) {
        guard !rounds.isEmpty else { return }
        var budget = Self.announcementsPerTurn
        var hasFinished = false
        let repeats = onlyRepetitionsAreLeft
        for place in rounds.indices where rounds[place].isRepetition == repeats && rounds[place].blockedUntil <= now {
            guard budget > 0 else { break }
            send(place, at: now, budget: &budget, effects: &effects)
            if rounds[place].position >= routers[rounds[place].slot].addresses.count { hasFinished = true }
        }
        if hasFinished { rounds.removeAll { $0.position >= routers[$0.slot].addresses.count } }
    }

    private mutating func send(
        _ place: Int, at now: Instant, budget: inout Int, effects: inout [Effect]
    ) {
        let slot = rounds[place].slot
        while rounds[place].position < routers[slot].addresses.count, budget > 0 {
            let managed = routers[slot].addresses[rounds[place].position]
            let isWanted = rounds[place].only?.contains(managed.address.address) ?? true
            switch managed.state {
            case .adding where isWanted:
                rounds[place].blockedUntil = .distantFuture
                return
            case .present where isWanted:
                if let usableBy = managed.usableBy, usableBy > now {
                    rounds[place].blockedUntil = usableBy
                    return
                }
                guard let announcement = announcement(of: managed, slot) else { break }
                let (key, spacing) = pace(of: announcement, slot)
                if spacing > .zero {
                    if let next = announcementPace[key], next > now {
                        rounds[place].blockedUntil = next
                        return
                    }
                    announcementPace[key] = now + spacing
                }
                effects.append(.announce(announcement))
                routers[slot].statistics.announcementsSent += 1
                noteAnnouncement(slot, at: now)
                budget -= 1
            case .absent, .adding, .present, .removing:
                break
            }
            rounds[place].position += 1
        }
    }

    private func announcement(of managed: ManagedAddress, _ slot: Int) -> Announcement? {
        // Frames with the virtual MAC address leave by the interface below, which is the one on the wire.
        let isOnOwnInterface = managed.interfaceIndex == routers[slot].addressInterfaceIndex
        let index = isOnOwnInterface ? routers[slot].interfaceIndex : managed.interfaceIndex
        guard let index, let interface = interfaces[index], interface.isRunning,
            let macAddress = isOnOwnInterface ? routers[slot].macAddress : interface.macAddress
        else { return nil }
        return Announcement(interfaceIndex: index, macAddress: macAddress, address: managed.address.address)
    }

    /// The least time between announcements of a kind, and what shares it: the interface's group before the interface.
    private func pace(of announcement: Announcement, _ slot: Int) -> (key: AnnouncementPaceKey, spacing: Nanoseconds) {
        let family = announcement.address.family
        if !announcementGroups.isEmpty, let name = interfaces[announcement.interfaceIndex]?.name,
            let group = announcementGroups[name],
            let spacing = definitions.node.announcementGroups[group].spacing(of: family)
        {
            return (AnnouncementPaceKey(place: .group(group), family: family), spacing)
        }
        let plan = routers[slot].definition.announcements
        let spacing = family == .ipv4 ? plan.gratuitousARPSpacing : plan.neighborAdvertisementSpacing
        return (AnnouncementPaceKey(place: .interface(announcement.interfaceIndex), family: family), spacing)
    }

    /// One address of each interface that the adverts of a router do not leave by with the address's MAC address.
    private func addressesOnExtraInterfaces(_ slot: Int, _ wish: ExtraInterfaceAnnouncements) -> Set<IPAddress> {
        let router = routers[slot]
        let hidesVirtualMAC = router.definition.advertisesFromParent
        var interfaces: Set<Int32> = []
        var addresses: Set<IPAddress> = []
        for managed in router.addresses {
            guard let index = managed.interfaceIndex, index != router.interfaceIndex else { continue }
            let isExtra =
                index == router.addressInterfaceIndex ? hidesVirtualMAC : wish.includesPhysicalInterfaces
            if isExtra, interfaces.insert(index).inserted { addresses.insert(managed.address.address) }
        }
        return addresses
    }
}
