import NetworkLab
import Testing
import VRRP

@Suite("What a backup accepts and what it rejects", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct ReceptionTests {
    @Test(
        "Cases 65–102: a packet is accepted or counted under its reason, and under nothing else",
        arguments: Array(ReceptionVariant.all.enumerated()))
    func verdict(_ place: Int, _ variant: ReceptionVariant) async throws {
        let outcomes = try await ReceptionBench.outcomes.value
        let outcome = outcomes.variants[place]
        let counters = outcome.router.counters.filter { ReceptionTests.isAboutReception($0.key) }
        let rounds = ReceptionBench.rounds
        switch variant.expectation {
        case .accepted(let others):
            let names = others.union(["advertisement-rcvd"])
            #expect(counters == Dictionary(uniqueKeysWithValues: names.map { ($0, rounds) }), "\(variant.name)")
            #expect(outcome.router.state == .backup, "\(variant.name)")
            let lastPacket = try #require(outcome.lastPacket)
            // Nothing was sent until the packets ended.
            if let advert = outcome.firstAdvert { #expect(advert > lastPacket, "\(variant.name)") }
        case .rejected(let reason):
            #expect(counters == [reason: rounds], "\(variant.name)")
            try expectTakeover(outcome, like: outcomes.control, variant)
        case .rejectedForNobody, .unheard:
            #expect(counters.isEmpty, "\(variant.name)")
            try expectTakeover(outcome, like: outcomes.control, variant)
        }
    }

    @Test("Case 70: the interval behind set reserved bits is learned without them")
    func reservedBitsAreNotLearned() async throws {
        try await expectTakeover(afterCase: 70, learned: 1000)
    }

    @Test("Case 78: an interval of 40.95 s is learned, and the log says so")
    func longestIntervalIsLearned() async throws {
        let outcomes = try await ReceptionBench.outcomes.value
        let place = try #require(ReceptionVariant.all.firstIndex { $0.number == 78 })
        #expect(outcomes.variants[place].router.learnedInterval == 40_950)
        #expect(outcomes.variants[place].firstAdvert == nil)
        #expect(outcomes.log.contains("variant-\(place): the advert from 192.0.2.20 has another interval"))
    }

    @Test("Case 75: an accepted advert with other addresses is logged, and not once for each packet")
    func mismatchIsLoggedSparingly() async throws {
        let outcomes = try await ReceptionBench.outcomes.value
        for (place, variant) in ReceptionVariant.all.enumerated() where variant.number == 75 {
            let lines = outcomes.log.split(separator: "\n").filter {
                $0.contains("variant-\(place): the advert from") && $0.contains("other addresses")
            }
            #expect((1...2).contains(lines.count), "\(variant.name)")
        }
    }

    @Test("Cases 74 and 81: packets for no virtual router of the interface are counted there, by reason")
    func interfaceCounters() async throws {
        let outcomes = try await ReceptionBench.outcomes.value
        var expected: [String: [String: Int]] = ["eth0": [:], "eth1": [:]]
        for variant in ReceptionVariant.all {
            guard case .rejectedForNobody(let reason) = variant.expectation else { continue }
            let interface = variant.delivery == .otherInterface ? "eth1" : "eth0"
            expected[interface, default: [:]][reason, default: 0] += ReceptionBench.rounds
        }
        for receiver in outcomes.status.receivers {
            let counters = receiver.family == .ipv4 ? expected[receiver.interface] : [:]
            #expect(receiver.counters == counters, "\(receiver.interface) \(receiver.family)")
        }
    }

    @Test("Case 66: the statistic of checksum forms tells the forms apart")
    func checksumFormsAreCounted() async throws {
        let outcomes = try await ReceptionBench.outcomes.value
        func router(_ number: Int) throws -> RouterStatus {
            outcomes.variants[try #require(ReceptionVariant.all.firstIndex { $0.number == number })].router
        }
        #expect(try router(65).counter("checksum-pseudo-header") == ReceptionBench.rounds)
        #expect(try router(65).counter("checksum-message-only") == 0)
        #expect(try router(66).counter("checksum-message-only") == ReceptionBench.rounds)
        #expect(try router(66).counter("checksum-pseudo-header") == 0)
    }

    @Test("Case 103: an advert of priority 0 is counted as one, besides being accepted")
    func priorityZeroIsCounted() async throws {
        try await Lab.with { lab in
            let device = try await lab.device()
            let gate = try await lab.injector().tap { _ in false }
            let daemon = try await VRRPDaemon.start(on: device, .routers([RouterText.router()]))
            try await daemon.waitUntilListening()
            let addresses = RouterText.addresses(.ipv4).compactMap { IPAddress($0) }
            let advert = ForgedAdvert(id: 77, addresses: addresses)
            try gate.inject(advert.frame())
            try gate.inject(advert.with { $0.priority = 0 }.frame())
            let status = try await daemon.status(when: "two adverts") {
                try $0.router().counter("advertisement-rcvd") == 2
            }
            #expect(try status.router().counter("priority-zero-pkts-rcvd") == 1)
            #expect(try status.router().discards.isEmpty)
        }
    }

    /// A router that heard nothing it could use takes over when one does that heard nothing at all.
    private func expectTakeover(
        _ outcome: ReceptionBench.Outcome, like control: ReceptionBench.Outcome, _ variant: ReceptionVariant
    ) throws {
        #expect(outcome.router.state == .active, "\(variant.name)")
        let first = try #require(outcome.firstAdvert, "\(variant.name)")
        let difference = first - (try #require(control.firstAdvert))
        #expect(abs(difference.inSeconds) < 0.5, "\(variant.name) took over \(difference) after the control")
    }

    private func expectTakeover(afterCase number: Int, learned milliseconds: Int) async throws {
        let outcomes = try await ReceptionBench.outcomes.value
        let place = try #require(ReceptionVariant.all.firstIndex { $0.number == number })
        let outcome = outcomes.variants[place]
        #expect(outcome.router.learnedInterval == milliseconds)
        let silence = try #require(outcome.firstAdvert) - (try #require(outcome.lastPacket))
        let expected = 0.001 * Double(milliseconds) * (3 + 156.0 / 256)
        #expect(silence.inSeconds > expected - 0.05)
        #expect(silence.inSeconds < expected + 0.8)
    }

    /// Whether a counter says something about received packets.
    private static func isAboutReception(_ name: String) -> Bool {
        Counters.reasons.contains(name)
            || ["advertisement-rcvd", "priority-zero-pkts-rcvd", "address-list-mismatches", "interval-mismatches"]
                .contains(name)
    }
}
