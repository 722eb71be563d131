public import VRRP

/// The adverts of one family on one interface.
struct ReceiverKey: Hashable, Sendable {
    var interfaceIndex: Int32
    var family: AddressFamily
}

/// The virtual routers of one family on one interface by identifier, and what was heard there for nobody.
struct ReceiverTable: Sendable {
    let key: ReceiverKey
    /// The slot of the first router of each identifier; -1 where there is none.
    var slots = [Int](repeating: -1, count: 256)
    /// How many virtual routers there are.
    var routerCount = 0
    /// Discarded packets that belong to no virtual router.
    var discards = DiscardCounters()
    /// Adverts heard for each identifier that is not configured here: somebody else uses it.
    var foreignAdvertisements = [UInt64](repeating: 0, count: 256)
    /// When each of these identifiers was last reported.
    var lastForeignReports = [Instant?](repeating: nil, count: 256)
}

extension Engine {
    /// Takes a received IPv4 packet, header included, as a raw socket delivers it.
    public mutating func receiveIPv4(
        _ packet: Span<UInt8>, interfaceIndex: Int32, at now: Instant, effects: inout [Effect]
    ) {
        guard let table = receivers[ReceiverKey(interfaceIndex: interfaceIndex, family: .ipv4)] else { return }
        guard let parsed = IPPacket(ipv4: packet) else {
            receiverTables[table].discards.count(.ipHeader)
            return
        }
        receive(
            packet.extracting(parsed.message), parsed.datagram, packet.extracting(..<parsed.message.upperBound), table,
            at: now, effects: &effects)
    }

    /// Takes a received IPv6 message, without the header that raw sockets keep to themselves.
    public mutating func receiveIPv6(
        _ message: Span<UInt8>, source: IPv6Address, destination: IPv6Address, hopLimit: UInt8,
        interfaceIndex: Int32, at now: Instant, effects: inout [Effect]
    ) {
        guard let table = receivers[ReceiverKey(interfaceIndex: interfaceIndex, family: .ipv6)] else { return }
        let datagram = Datagram(source: .v6(source), destination: .v6(destination), hopLimit: hopLimit)
        receive(message, datagram, message, table, at: now, effects: &effects)
    }

    /// - Parameter packet: the octets as the kernel delivered them, to the end of the IP packet.
    private mutating func receive(
        _ message: Span<UInt8>, _ datagram: Datagram, _ packet: Span<UInt8>, _ table: Int, at now: Instant,
        effects: inout [Effect]
    ) {
        let first = message.count > 1 ? receiverTables[table].slots[Int(message[1])] : -1
        guard first >= 0 else {
            discardForNobody(message, datagram, table, at: now, effects: &effects)
            return
        }
        let slot = routers[first].nextOfIdentifier == nil ? first : recipient(of: datagram, among: first)
        do throws(Refusal) {
            let advertisement = try routers[slot].check(message, datagram, packet, at: now)
            accept(advertisement, slot, at: now, effects: &effects)
        } catch {
            if error.isFromDuplicate {
                report(.duplicateAddress(datagram.source), slot, at: now, effects: &effects)
            }
            report(error.reason, from: datagram.source, slot, at: now, effects: &effects)
        }
    }

    /// The router that a message is for among those of one identifier; the first one where it is for none of them, which
    /// then counts why.
    private func recipient(of datagram: Datagram, among first: Int) -> Int {
        var candidate: Int? = first
        while let slot = candidate {
            if routers[slot].rules.expects(datagram) { return slot }
            candidate = routers[slot].nextOfIdentifier
        }
        return first
    }

    private mutating func accept(
        _ advertisement: ReceivedAdvertisement, _ slot: Int, at now: Instant, effects: inout [Effect]
    ) {
        let hearing = routers[slot].hear(advertisement, at: now)
        if hearing.isSuccessor { linger(slot, after: advertisement.source, at: now, effects: &effects) }
        guard hearing.takesPart else { return }
        if let gap = hearing.gap { latencies.advertisementInterArrival.count(gap) }
        if !advertisement.warnings.isEmpty { note(advertisement, slot, at: now, effects: &effects) }
        if routers[slot].definition.interoperability.transmittedChecksum == .followPeer,
            advertisement.checksumForm != routers[slot].peerChecksumForm
        {
            routers[slot].peerChecksumForm = advertisement.checksumForm
            routers[slot].rebuildTemplates()
        }
        if routers[slot].membership == nil {
            handle(.advertisement(advertisement), slot, at: now, effects: &effects)
        } else {
            hearInGroup(advertisement, slot, at: now, effects: &effects)
        }
    }

    private mutating func discardForNobody(
        _ message: Span<UInt8>, _ datagram: Datagram, _ table: Int, at now: Instant, effects: inout [Effect]
    ) {
        let reason = ReceptionRules.reasonForUnknownRouter(message, datagram) { version in
            ProtocolVersion(rawValue: version) != nil && (version == 3 || datagram.family == .ipv4)
        }
        receiverTables[table].discards.count(reason)
        guard reason == .virtualRouterID else {
            if tellsDecisions { tellRefusal(reason, from: datagram.source, table, at: now, effects: &effects) }
            return
        }
        let identifier = message[1]
        receiverTables[table].foreignAdvertisements[Int(identifier)] += 1
        guard definitions.node.reportsUnknownRouters else { return }
        if let last = receiverTables[table].lastForeignReports[Int(identifier)],
            now - last < RouterRuntime.reportInterval
        {
            return
        }
        receiverTables[table].lastForeignReports[Int(identifier)] = now
        let interface = interfaces[receiverTables[table].key.interfaceIndex]?.name ?? ""
        effects.append(
            .report(.unknownRouter(identifier: identifier, interface: interface, source: datagram.source)))
    }

    private mutating func note(
        _ advertisement: ReceivedAdvertisement, _ slot: Int, at now: Instant, effects: inout [Effect]
    ) {
        if advertisement.warnings.contains(.addressListDiffers) { routers[slot].statistics.addressListMismatches += 1 }
        if advertisement.warnings.contains(.intervalDiffers) { routers[slot].statistics.intervalMismatches += 1 }
        if let last = routers[slot].lastWarning, now - last < RouterRuntime.reportInterval { return }
        routers[slot].lastWarning = now
        effects.append(
            .report(
                .warned(
                    router: routers[slot].definition.name, advertisement.warnings, source: advertisement.source)))
    }

    private mutating func report(
        _ reason: DiscardReason, from source: IPAddress, _ slot: Int, at now: Instant, effects: inout [Effect]
    ) {
        if let last = routers[slot].lastDiscardReports[reason.ordinal], now - last < RouterRuntime.reportInterval {
            return
        }
        routers[slot].lastDiscardReports[reason.ordinal] = now
        effects.append(.report(.discarded(router: routers[slot].definition.name, reason, source: source)))
    }

    mutating func reportContest(_ slot: Int, at now: Instant, effects: inout [Effect]) {
        if let last = routers[slot].lastContestReport, now - last < .seconds(1) { return }
        routers[slot].lastContestReport = now
        effects.append(
            .report(
                .contestWon(
                    router: routers[slot].definition.name, priority: routers[slot].machine.configuration.priority)))
    }

    mutating func report(
        _ conflict: VirtualRouterOutcome.Conflict, _ slot: Int, at now: Instant, effects: inout [Effect]
    ) {
        routers[slot].statistics.addressConflicts += 1
        if let last = routers[slot].lastConflict, now - last < RouterRuntime.reportInterval { return }
        routers[slot].lastConflict = now
        effects.append(.report(.conflict(router: routers[slot].definition.name, conflict)))
    }
}

/// Why a router does not take a message.
private struct Refusal: Error {
    var reason: DiscardReason
    /// Whether nothing is wrong with it but that it comes from the router's own address.
    var isFromDuplicate: Bool
}

/// What an advert means to a router before the state machine has its say.
private struct Hearing {
    /// Whether the router takes part in the election.
    var takesPart: Bool
    /// Whether the advert comes from the router that takes over what this one gives up.
    var isSuccessor: Bool
    /// The time since the advert before; nil where that is no measure of anything.
    var gap: Nanoseconds?
}

extension RouterRuntime {
    /// Counts an advert that the rules have let through, and remembers whose it was.
    ///
    /// It changes the router in place; asked from outside, all of the router would be copied for each advert.
    fileprivate mutating func hear(_ advertisement: ReceivedAdvertisement, at now: Instant) -> Hearing {
        let isSuccessor = departure?.phase == .resigned && advertisement.priority > 0
        let state = machine.state.name
        // A router that does not take part hears nothing (RFC 9568, section 6.4.1).
        guard state != .initialize else {
            if isSuccessor { statistics.advertisementsReceived += 1 }
            return Hearing(takesPart: false, isSuccessor: isSuccessor)
        }
        heard.note(advertisement.source, priority: advertisement.priority, isContest: state == .active, at: now)
        statistics.advertisementsReceived += 1
        statistics.checksumForms.count(advertisement.checksumForm)
        if advertisement.priority == 0 { statistics.priorityZeroReceived += 1 }
        let gap = noteArrival(priority: advertisement.priority, in: state, at: now)
        return Hearing(takesPart: true, isSuccessor: isSuccessor, gap: gap)
    }

    /// Checks a message against the rules of the router, counts it where it is discarded, and keeps it in either case.
    ///
    /// It changes the router in place; asked from outside, the rules would be copied for each advert.
    fileprivate mutating func check(
        _ message: Span<UInt8>, _ datagram: Datagram, _ packet: Span<UInt8>, at now: Instant
    ) throws(Refusal) -> ReceivedAdvertisement {
        do throws(DiscardReason) {
            let advertisement = try rules.check(message, datagram, in: packet, &authenticationSequence)
            keep(packet, datagram, at: now, machine.state.name == .initialize ? .ignored : .accepted)
            return advertisement
        } catch {
            statistics.discards.count(error)
            keep(packet, datagram, at: now, .discarded(error))
            throw Refusal(
                reason: error,
                isFromDuplicate: error == .source && machine.state.name != .initialize
                    && rules.isFromDuplicate(message, datagram, in: packet))
        }
    }

    private mutating func keep(
        _ packet: Span<UInt8>, _ datagram: Datagram, at now: Instant, _ decision: CaptureDecision
    ) {
        switch datagram.family {
        case .ipv4: capture.record(received: packet, at: now, decision)
        case .ipv6: capture.record(received: packet, datagram, at: now, decision)
        }
    }
}
