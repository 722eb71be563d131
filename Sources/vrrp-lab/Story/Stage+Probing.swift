import NetworkLab

/// What became of the pings to a virtual router's address.
struct Probe {
    let router: FloatingRouter
    let report: PingReport
}

extension Stage {
    /// Lets the client ping the addresses of `routers` all the time that `body` takes and a moment longer.
    ///
    /// - Parameter interval: the time between two pings to an address.
    /// - Throws: `LabError.timedOut` when an address does not answer at the end.
    func probing(
        _ routers: [FloatingRouter], every interval: Duration = .milliseconds(2), while body: () async throws -> Void
    ) async throws -> [Probe] {
        var pingers: [(router: FloatingRouter, pinger: Pinger)] = []
        for router in routers {
            let pinger = try await Pinger.start(from: client, to: "\(router.address)", every: interval)
            pingers.append((router, pinger))
        }
        for (_, pinger) in pingers { try await pinger.waitForAnswer(within: .seconds(5)) }
        try await watch(for: .milliseconds(500))
        try await body()
        for (_, pinger) in pingers { try await pinger.waitForAnswer(within: .seconds(5)) }
        try await watch(for: .milliseconds(700))
        var probes: [Probe] = []
        for (router, pinger) in pingers { probes.append(Probe(router: router, report: try await pinger.stop())) }
        return probes
    }

    /// Waits until the hand-over of a virtual router has passed the bridge.
    ///
    /// - Throws: `DemonstrationError.tooLate` when it took much longer than the protocol's timers do.
    func handOver(
        of router: FloatingRouter, from old: Node, to new: Node, after position: HandOver.Position
    ) async throws -> HandOver {
        var handOver: HandOver?
        try await watch(until: "\(router.announcement) for \(router.address) from \(new.name)") {
            handOver = HandOver(of: router, from: old, to: new, heardBy: tap, after: position)
            return handOver != nil
        }
        guard let handOver else { preconditionFailure("the wait ends with a hand-over or with an error") }
        // A machine that has other things to do may be late; one second is no longer its fault.
        guard handOver.duration < handOver.prescribedWait + .seconds(1) else {
            throw DemonstrationError.tooLate(router.name, took: handOver.duration, prescribed: handOver.prescribedWait)
        }
        return handOver
    }

    /// Shows what hand-overs have cost, on the wire and for the client.
    func show(_ handOvers: [(probe: Probe, from: Node, to: Node, handOver: HandOver)], event: String) {
        var table = Table([
            Table.Cell(""), Table.Cell(""), Table.Cell(event, right: true),
            Table.Cell("Active_Down_Interval", right: true), Table.Cell("pings lost", right: true),
            Table.Cell("without answer", right: true),
        ])
        for (probe, old, new, handOver) in handOvers {
            table.add([
                Table.Cell(probe.router.name, .heading), Table.Cell("\(old.name) → \(new.name)"),
                Table.Cell(handOver.duration.inMilliseconds, .good, right: true),
                Table.Cell(handOver.prescribedWait.inMilliseconds, right: true),
                Table.Cell("\(probe.report.lost) of \(probe.report.sent)", right: true),
                Table.Cell(probe.report.longestGap.length.inMilliseconds, right: true),
            ])
        }
        table.show(on: screen)
    }
}
