import Testing
import VRRP
import VRRPSimulation

@testable import VRRPEngine

@Suite("5.3 Backup")
struct BackupTests {
    struct Learning: Sendable, CustomTestStringConvertible {
        var number: Int
        var interval: AdvertisementInterval
        var activeDownInterval: Nanoseconds

        var testDescription: String { "\(number): interval \(interval)" }
    }

    @Test(
        "24-28: An advert of a better router starts the timer anew, with the interval that it announces",
        arguments: [
            Learning(number: 24, interval: .centiseconds(100), activeDownInterval: 3.609_375),
            Learning(number: 25, interval: .centiseconds(300), activeDownInterval: 10.828_125),
            Learning(number: 26, interval: .centiseconds(50), activeDownInterval: 1.804_687_5),
            Learning(number: 27, interval: .centiseconds(1), activeDownInterval: 0.036_093_75),
            Learning(number: 28, interval: .centiseconds(4095), activeDownInterval: 147.803_906_25),
        ])
    func learnsInterval(_ learning: Learning) {
        var bench = Bench()
        bench.run(until: 1.0)
        bench.hear(priority: 200, interval: learning.interval)
        #expect(bench.deadline == 1.0 + learning.activeDownInterval)
        #expect(bench.learnedInterval == learning.interval)
        bench.run(until: 1.0 + learning.activeDownInterval - Nanoseconds(1))
        #expect(bench.state == .backup)
        bench.run(until: 1.0 + learning.activeDownInterval)
        #expect(bench.state == .active)
    }

    @Test("28: The longest interval that is learned can be limited")
    func learnedIntervalIsCapped() {
        var bench = Bench { $0.interoperability.longestLearnedInterval = .centiseconds(1000) }
        bench.hear(priority: 255, interval: .centiseconds(4095))
        #expect(bench.learnedInterval == .centiseconds(1000))
        #expect(bench.deadline == 36.093_75)
    }

    @Test("29: A backup that hears priority 0 waits only its skew time and learns no interval from it")
    func skewTimeAfterPriorityZero() {
        var bench = Bench()
        bench.run(until: 1.0)
        bench.hear(priority: 0, interval: .centiseconds(300))
        #expect(bench.deadline == 1.609_375)
        #expect(bench.learnedInterval == .centiseconds(100))
    }

    @Test("29: The skew time after priority 0 is that of the interval learned before")
    func skewTimeOfLearnedInterval() {
        var bench = Bench()
        bench.hear(priority: 200, interval: .centiseconds(300))
        bench.run(until: 1.0)
        bench.hear(priority: 0, interval: .centiseconds(50))
        #expect(bench.deadline == 2.828_125)
        #expect(bench.learnedInterval == .centiseconds(300))
    }

    @Test("30: A second advert of priority 0 starts the skew time anew")
    func secondPriorityZero() {
        var bench = Bench()
        bench.run(until: 1.0)
        bench.hear(priority: 0)
        bench.run(until: 1.1)
        bench.hear(priority: 0)
        #expect(bench.deadline == 1.709_375)
    }

    @Test("31: An advert of lower priority does not touch the timer of a router that preempts")
    func lowerPriorityIsDiscarded() {
        var bench = Bench()
        bench.hear(priority: 99, every: 0.5, from: 0.5, until: 3.5)
        bench.run(until: 3.6)
        #expect(bench.deadline == 3.609_375)
        bench.run(until: 3.609_375)
        #expect(bench.state == .active)
        #expect(bench.snapshot.reason == .preempted(Bench.higher))
    }

    @Test("32: Without preemption an advert of lower priority counts like any other")
    func lowerPriorityWithoutPreemption() {
        var bench = Bench { $0.preemption = .never }
        bench.run(until: 1.0)
        bench.hear(priority: 99, interval: .centiseconds(300))
        #expect(bench.learnedInterval == .centiseconds(300))
        #expect(bench.deadline == 11.828_125)
    }

    @Test("33: An advert of equal priority starts the timer anew, whatever its source", arguments: [true, false])
    func equalPriority(isLower: Bool) {
        var bench = Bench()
        bench.run(until: 1.0)
        bench.hear(priority: 100, from: isLower ? Bench.lower : Bench.higher)
        #expect(bench.deadline == 4.609_375)
    }

    @Test("34: An advert of the address owner starts the timer anew")
    func ownerIsHeard() {
        var bench = Bench()
        bench.run(until: 1.0)
        bench.hear(priority: 255)
        #expect(bench.deadline == 4.609_375)
    }

    @Test("35: A router that learned another interval advertises at its own once it is active")
    func ownIntervalWhileActive() {
        var bench = Bench()
        bench.hear(priority: 200, interval: .centiseconds(300))
        bench.run(until: 13.0)
        #expect(bench.advertMoments == [10.828_125, 11.828_125, 12.828_125])
        #expect(bench.adverts.map(\.message.intervalCentiseconds) == [100, 100, 100])
    }

    @Test("36: A hold time delays preemption from the first advert of the worse router on")
    func holdTime() {
        var bench = Bench { $0.preemption = .delayed(.seconds(5)) }
        bench.hear(priority: 50, every: 1.0, from: 1.0, until: 20.0)
        bench.run(until: 30.0)
        // The last advert that still counts is the one at 5 s: at 6 s the hold time is over.
        #expect(bench.lab.transitions(of: Bench.name).last?.moment == Instant.zero + 8.609_375)
        #expect(bench.lab.transitions(of: Bench.name).last?.transition.reason == .preempted(Bench.higher))
    }

    @Test("36: A better router in between starts the hold time anew")
    func holdTimeStartsAnew() {
        var bench = Bench { $0.preemption = .delayed(.seconds(5)) }
        bench.hear(priority: 50, every: 1.0, from: 1.0, until: 20.0)
        bench.lab.at(4.5) { [router = bench.router] lab in
            lab.inject(.init(for: router, from: Bench.lower, priority: 200), into: Bench.name)
        }
        bench.run(until: 30.0)
        // Heard first again at 5 s: the hold time ends at 10 s, the last advert that counts is the one at 9 s.
        #expect(bench.lab.transitions(of: Bench.name).last?.moment == Instant.zero + 12.609_375)
    }

    @Test("37: A change of priority leaves the running timer alone and counts from the next advert on")
    func priorityChange() {
        var bench = Bench()
        bench.run(until: 1.0)
        bench.lab.change(Bench.name) { $0[0].priority = 150 }
        #expect(bench.state == .backup)
        #expect(bench.deadline == 3.609_375)
        bench.hear(priority: 200)
        #expect(bench.deadline == 4.414_062_5)
    }

    @Test("40: A timer that expires at the moment of an advert that is handled first is void")
    func staleTimer() {
        var bench = Bench()
        let advert = ForgedAdvertisement(for: bench.router, from: Bench.higher, priority: 200)
        bench.lab.at(3.609_375) { $0.inject(advert, into: Bench.name) }
        // The process is late, and finds both: the advert in its socket, and the timer.
        bench.lab.at(3.6) { $0.pause(Bench.name) }
        bench.lab.at(3.61) { $0.resume(Bench.name) }
        bench.run(until: 5.0)
        #expect(bench.state == .backup)
        #expect(bench.deadline == 7.219_375)
        #expect(bench.lab.transitions(of: Bench.name).count == 1)
    }

    @Test("41: VRRPv2 takes its own interval and a skew of 1/256 s, whatever the interval")
    func version2Timer() {
        var bench = Bench {
            $0.version = .v2
            $0.advertisementInterval = .centiseconds(200)
        }
        #expect(bench.deadline == 6.609_375)
        bench.run(until: 1.0)
        bench.hear(priority: 200)
        #expect(bench.deadline == 7.609_375)
        bench.hear(priority: 200, interval: .centiseconds(300))
        #expect(bench.deadline == 7.609_375)
        #expect(bench.snapshot.statistics.discards[.interval] == 1)
        bench.hear(priority: 0)
        #expect(bench.deadline == 1.609_375)
    }

    @Test("42: A flood of 10,000 adverts a second keeps a backup a backup with one timer")
    func flood() {
        var bench = Bench()
        let advert = ForgedAdvertisement(for: bench.router, from: Bench.higher, priority: 200).frame
        for number in 0..<10_000 {
            bench.run(until: .microseconds(100) * Int64(number))
            bench.lab.inject(advert, into: Bench.name)
        }
        #expect(bench.state == .backup)
        #expect(bench.lab.node(Bench.name).engine.protocolDeadlines.count == 1)
        #expect(bench.snapshot.statistics.advertisementsReceived == 10_000)
        #expect(bench.deadline == .microseconds(100) * 9_999 + 3.609_375)
    }

    @Test("A shorter interval shortens the wait of a backup that has heard nobody")
    func shorterInterval() {
        var bench = Bench { $0.advertisementInterval = .centiseconds(1000) }
        #expect(bench.deadline == 36.093_75)
        bench.run(until: 1.0)
        bench.lab.change(Bench.name) { $0[0].advertisementInterval = .centiseconds(100) }
        #expect(bench.deadline == 4.609_375)
    }
}
