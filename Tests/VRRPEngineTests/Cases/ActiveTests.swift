import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("5.4 Active")
struct ActiveTests {
    @Test("43: A thousand periods last exactly a thousand intervals")
    func noDrift() {
        var bench = Bench()
        let start = bench.becomeActive()
        bench.run(until: start + 1000.0)
        #expect(bench.advertMoments == (0...1000).map { start + .seconds($0) })
    }

    @Test("43: Late wake-ups do not add up")
    func latenessDoesNotAddUp() {
        var bench = Bench { $0.advertisementInterval = .centiseconds(10) }
        bench.lab.configure(Bench.name) { $0.timerLateness = .milliseconds(30) }
        bench.run(until: 100.0)
        let moments = bench.advertMoments
        for (number, moment) in moments.enumerated() {
            // Counted from when the router took over, itself late.
            let scheduled = moments[0] + .milliseconds(100) * Int64(number)
            #expect(moment >= scheduled && moment - scheduled <= .milliseconds(30))
        }
        #expect(moments.count > 990)
    }

    @Test("44: Priority 0 is answered at once and starts the timer anew")
    func priorityZero() {
        var bench = Bench()
        bench.becomeActive()
        bench.run(until: 4.0)
        bench.hear(priority: 0)
        #expect(bench.advertMoments == [3.609_375, 4.0])
        #expect(bench.deadline == 5.0)
        #expect(bench.state == .active)
    }

    @Test("45: A higher priority makes a backup without addresses that waits by the interval announced")
    func higherPriority() {
        var bench = Bench()
        bench.becomeActive()
        #expect(bench.lab.holders(of: .literal("192.0.2.100")) == [Bench.name])
        bench.run(until: 4.0)
        bench.hear(priority: 200, interval: .centiseconds(300))
        #expect(bench.state == .backup)
        #expect(bench.deadline == 14.828_125)
        #expect(bench.snapshot.reason == .higherPriority(Bench.higher, priority: 200))
        #expect(bench.lab.holders(of: .literal("192.0.2.100")) == [])
        #expect(bench.lab.holders(of: .literal("192.0.2.101")) == [])
    }

    @Test("46: An equal priority from a higher address wins")
    func equalPriorityHigherAddress() {
        var bench = Bench()
        bench.becomeActive()
        bench.hear(priority: 100, from: Bench.higher)
        #expect(bench.state == .backup)
        #expect(bench.snapshot.reason == .higherAddress(Bench.higher))
    }

    @Test(
        "47: An equal priority from a lower address loses, and is answered as RFC 9568 says and RFC 5798 does not",
        arguments: [true, false])
    func equalPriorityLowerAddress(answers: Bool) {
        var bench = Bench { $0.interoperability.answersLowerPriority = answers }
        bench.becomeActive()
        bench.run(until: 4.0)
        bench.hear(priority: 100, from: Bench.lower)
        #expect(bench.state == .active)
        #expect(bench.advertMoments == (answers ? [3.609_375, 4.0] : [3.609_375]))
    }

    @Test(
        "A router that is to advertise before it yields says so once, so that the winner hears of the contest",
        arguments: [true, false])
    func yielding(advertises: Bool) {
        var bench = Bench { $0.interoperability.advertisesBeforeYielding = advertises }
        bench.becomeActive()
        bench.run(until: 4.0)
        bench.hear(priority: 200, from: Bench.lower)
        #expect(bench.state == .backup)
        bench.run(until: 6.0)
        #expect(bench.advertMoments == (advertises ? [3.609_375, 4.0] : [3.609_375]))
    }

    struct Order: Sendable, CustomTestStringConvertible {
        var own: String
        var other: String
        var yields: Bool

        var testDescription: String { "\(own) against \(other)" }
    }

    @Test(
        "48: Addresses are compared as unsigned numbers in network byte order",
        arguments: [
            Order(own: "100.0.0.1", other: "200.0.0.1", yields: true),
            Order(own: "200.0.0.1", other: "100.0.0.1", yields: false),
            Order(own: "192.0.2.9", other: "192.0.2.10", yields: true),
            Order(own: "1.0.0.255", other: "2.0.0.1", yields: true),
            Order(own: "fe80::8000:0:0:1", other: "fe80::7fff:0:0:1", yields: false),
            Order(own: "fe80::7fff:0:0:1", other: "fe80::8000:0:0:1", yields: true),
            Order(own: "fe80::9", other: "fe80::10", yields: true),
            Order(own: "fe80::ffff", other: "fe80::1:0", yields: true),
        ])
    func addressOrder(_ order: Order) {
        var router = VirtualRouter(.init(), primaryAddress: .literal(order.own))
        _ = router.handle(.startup, at: .zero)
        _ = router.handle(.timerExpired, at: .zero + 3.609_375)
        let advert = ReceivedAdvertisement(source: .literal(order.other), priority: 100, interval: .default)
        _ = router.handle(.advertisement(advert), at: .zero + 4.0)
        #expect(router.state.name == (order.yields ? .backup : .active))
    }

    @Test(
        "49, 51: A lower priority is answered once at once, the schedule stays, preemption or not",
        arguments: [Preemption.immediate, .never, .delayed(.seconds(5))])
    func lowerPriority(_ preemption: Preemption) {
        var bench = Bench { $0.preemption = preemption }
        bench.becomeActive()
        for moment: Nanoseconds in [4.0, 4.2, 4.4] {
            bench.run(until: moment)
            bench.hear(priority: 50)
        }
        #expect(bench.deadline == 4.609_375)
        bench.run(until: 5.0)
        #expect(bench.advertMoments == [3.609_375, 4.0, 4.2, 4.4, 4.609_375])
        #expect(bench.state == .active)
    }

    @Test("49: A router that follows RFC 5798 does not answer a lower priority")
    func lowerPriorityLegacy() {
        var bench = Bench { $0.interoperability.answersLowerPriority = false }
        bench.becomeActive()
        bench.run(until: 4.0)
        bench.hear(priority: 50)
        bench.run(until: 5.0)
        #expect(bench.advertMoments == [3.609_375, 4.609_375])
    }

    @Test("50: A storm of losing adverts provokes at most ten answers a second, and the schedule holds")
    func losingStorm() {
        var bench = Bench()
        let start = bench.becomeActive()
        bench.hear(priority: 50, every: .milliseconds(1), from: start, until: start + 3.0)
        bench.run(until: start + 3.0)
        for second in 0..<3 {
            let from = start + .seconds(Int64(second))
            let count = bench.advertMoments.filter { $0 > from && $0 <= from + 1.0 }.count
            #expect((1...11).contains(count), "\(count) adverts in second \(second)")
        }
        #expect(Set(bench.advertMoments).isSuperset(of: [start + 1.0, start + 2.0, start + 3.0]))
    }

    @Test("A storm of adverts of lower priority is reported once a second")
    func contestReports() {
        var bench = Bench()
        let start = bench.becomeActive()
        bench.hear(priority: 50, every: .milliseconds(1), from: start, until: start + 3.0)
        bench.run(until: start + 3.5)
        let reports = bench.lab.reports(from: Bench.name).filter {
            $0.report == .contestWon(router: "vr", priority: .default)
        }
        #expect((3...4).contains(reports.count), "\(reports)")
    }

    @Test("50: A storm of adverts of priority 0 provokes at most ten answers a second")
    func resigningStorm() {
        var bench = Bench()
        let start = bench.becomeActive()
        bench.hear(priority: 0, every: .milliseconds(1), from: start, until: start + 3.0)
        bench.run(until: start + 3.0)
        #expect((3...32).contains(bench.adverts.count))
    }

    @Test("52: An advert of the own priority from the own address is a conflict and changes nothing")
    func duplicateAddress() {
        let own = IPAddress.literal("192.0.2.10")
        var router = VirtualRouter(.init(), primaryAddress: own)
        _ = router.handle(.startup, at: .zero)
        _ = router.handle(.timerExpired, at: .zero + 3.609_375)
        let before = router.state
        let advert = ReceivedAdvertisement(source: own, priority: 100, interval: .default)
        let outcome = router.handle(.advertisement(advert), at: .zero + 4.0)
        #expect(outcome.conflict == .duplicateAddress(own))
        #expect(outcome.advertise == nil && outcome.transition == nil && !outcome.wonContest)
        #expect(router.state == before)
    }

    @Test("52: The engine discards a packet from its own address before anybody looks at it")
    func ownPacket() {
        var bench = Bench()
        bench.becomeActive()
        bench.hear(priority: 100, from: .literal("192.0.2.10"))
        #expect(bench.state == .active)
        #expect(bench.snapshot.statistics.discards[.source] == 1)
        #expect(bench.adverts.count == 1)
    }

    @Test("53: Two address owners settle by address as erratum 8298 says, or ignore each other; either is reported")
    func twoOwners() {
        for (settles, expected) in [(true, VirtualRouterState.Name.backup), (false, .active)] {
            var bench = Bench {
                $0.priority = .addressOwner
                $0.interoperability.ownersSettleByAddress = settles
            }
            bench.run(until: 0.5)
            bench.hear(priority: 255, from: Bench.higher)
            #expect(bench.state == expected)
            let conflict = Report.conflict(router: "vr", .secondAddressOwner(Bench.higher))
            #expect(bench.lab.reports(from: Bench.name).map(\.report).contains(conflict))
        }
    }

    @Test("53: An owner that lost to another one waits for it like for any other active router")
    func ownerInBackup() {
        var bench = Bench { $0.priority = .addressOwner }
        bench.run(until: 0.5)
        bench.hear(priority: 255, from: Bench.higher)
        #expect(bench.deadline == 3.503_906_25)
        bench.run(until: 1.0)
        bench.hear(priority: 254, from: Bench.higher)
        #expect(bench.deadline == 3.503_906_25, "an owner preempts whoever is none")
        bench.hear(priority: 255, from: Bench.lower)
        #expect(bench.deadline == 4.003_906_25)
    }

    @Test("54: An owner that hears another priority stays active and says so")
    func ownerStays() {
        var bench = Bench { $0.priority = .addressOwner }
        bench.run(until: 0.5)
        bench.hear(priority: 100)
        #expect(bench.state == .active)
        #expect(bench.advertMoments == [0.0, 0.5])
    }
}
