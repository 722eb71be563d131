import Testing
import VRRP
import VRRPSimulation

/// Every cell of the table of states and events (RFC 9568, section 6.4, with errata).
@Suite("2.2 State table")
struct StateTableTests {
    static let now = Instant.zero + 100.0
    static let own = IPAddress.literal("192.0.2.10")
    static let higher = IPAddress.literal("192.0.2.20")
    static let lower = IPAddress.literal("192.0.2.5")
    static let interval = AdvertisementInterval.centiseconds(100)
    static let learned = AdvertisementInterval.centiseconds(300)

    enum Start: String, Sendable {
        case initialize, backup, active
    }

    /// What is left of the timer after the event, counted from the event; nil for no timer.
    struct Cell: Sendable, CustomTestStringConvertible {
        var start: Start
        var event: String
        var occurs: VirtualRouterEvent
        var configuration = VirtualRouterConfiguration()
        var ends: VirtualRouterState.Name
        var timer: Nanoseconds?
        var advertises: UInt8?
        var winsContest = false
        var conflicts = false
        var learns: AdvertisementInterval?

        var testDescription: String { "\(start.rawValue) x \(event)" }
    }

    static func advert(
        _ priority: UInt8, from source: IPAddress = higher, interval: AdvertisementInterval = learned
    ) -> VirtualRouterEvent {
        .advertisement(ReceivedAdvertisement(source: source, priority: priority, interval: interval))
    }

    static let owner = VirtualRouterConfiguration(priority: .addressOwner)
    static let modest = VirtualRouterConfiguration(preempts: false)
    static let legacy = VirtualRouterConfiguration(answersLowerPriority: false)
    static let strictOwner = VirtualRouterConfiguration(priority: .addressOwner, ownersSettleByAddress: false)

    /// Timers at the event: a backup has 2 s to go, an active router 0.5 s.
    static let cells: [Cell] = [
        Cell(
            start: .initialize, event: "startup, owner", occurs: .startup, configuration: owner, ends: .active,
            timer: 1.0, advertises: 255),
        Cell(start: .initialize, event: "startup", occurs: .startup, ends: .backup, timer: 3.609_375, learns: interval),
        Cell(start: .initialize, event: "shutdown", occurs: .shutdown, ends: .initialize),
        Cell(start: .initialize, event: "timer, stale", occurs: .timerExpired, ends: .initialize),
        Cell(start: .initialize, event: "advert 0", occurs: advert(0), ends: .initialize),
        Cell(start: .initialize, event: "advert higher", occurs: advert(200), ends: .initialize),
        Cell(start: .initialize, event: "advert equal, higher source", occurs: advert(100), ends: .initialize),
        Cell(
            start: .initialize, event: "advert equal, lower source", occurs: advert(100, from: lower), ends: .initialize
        ),
        Cell(start: .initialize, event: "advert equal, own source", occurs: advert(100, from: own), ends: .initialize),
        Cell(start: .initialize, event: "advert lower", occurs: advert(50), ends: .initialize),
        Cell(
            start: .initialize, event: "advert lower, no preemption", occurs: advert(50), configuration: modest,
            ends: .initialize),
        Cell(
            start: .initialize, event: "advert 255, owner", occurs: advert(255), configuration: owner, ends: .initialize
        ),

        Cell(start: .backup, event: "startup", occurs: .startup, ends: .backup, timer: 2.0, learns: interval),
        Cell(start: .backup, event: "shutdown", occurs: .shutdown, ends: .initialize),
        Cell(start: .backup, event: "timer, stale", occurs: .timerExpired, ends: .backup, timer: 2.0, learns: interval),
        Cell(start: .backup, event: "advert 0", occurs: advert(0), ends: .backup, timer: 0.609_375, learns: interval),
        Cell(
            start: .backup, event: "advert higher", occurs: advert(200), ends: .backup, timer: 10.828_125,
            learns: learned),
        Cell(
            start: .backup, event: "advert equal, higher source", occurs: advert(100), ends: .backup, timer: 10.828_125,
            learns: learned),
        Cell(
            start: .backup, event: "advert equal, lower source", occurs: advert(100, from: lower), ends: .backup,
            timer: 10.828_125, learns: learned),
        Cell(
            start: .backup, event: "advert equal, own source", occurs: advert(100, from: own), ends: .backup,
            timer: 10.828_125, learns: learned),
        Cell(start: .backup, event: "advert lower", occurs: advert(50), ends: .backup, timer: 2.0, learns: interval),
        Cell(
            start: .backup, event: "advert lower, no preemption", occurs: advert(50), configuration: modest,
            ends: .backup, timer: 10.828_125, learns: learned),
        Cell(
            start: .backup, event: "advert 255", occurs: advert(255), ends: .backup, timer: 10.828_125, learns: learned),

        Cell(start: .active, event: "startup", occurs: .startup, ends: .active, timer: 0.5),
        Cell(start: .active, event: "shutdown", occurs: .shutdown, ends: .initialize, advertises: 0),
        Cell(start: .active, event: "timer, stale", occurs: .timerExpired, ends: .active, timer: 0.5),
        Cell(start: .active, event: "advert 0", occurs: advert(0), ends: .active, timer: 1.0, advertises: 100),
        Cell(
            start: .active, event: "advert higher", occurs: advert(200), ends: .backup, timer: 10.828_125,
            learns: learned),
        Cell(
            start: .active, event: "advert equal, higher source", occurs: advert(100), ends: .backup, timer: 10.828_125,
            learns: learned),
        Cell(
            start: .active, event: "advert equal, lower source", occurs: advert(100, from: lower), ends: .active,
            timer: 0.5, advertises: 100, winsContest: true),
        Cell(
            start: .active, event: "advert equal, own source", occurs: advert(100, from: own), ends: .active,
            timer: 0.5, conflicts: true),
        Cell(
            start: .active, event: "advert lower", occurs: advert(50), ends: .active, timer: 0.5, advertises: 100,
            winsContest: true),
        Cell(
            start: .active, event: "advert lower, RFC 5798", occurs: advert(50), configuration: legacy, ends: .active,
            timer: 0.5, winsContest: true),
        Cell(
            start: .active, event: "advert lower, no preemption", occurs: advert(50), configuration: modest,
            ends: .active, timer: 0.5, advertises: 100, winsContest: true),
        Cell(
            start: .active, event: "advert 255, owner, higher source", occurs: advert(255), configuration: owner,
            ends: .backup, timer: 9.011_718_75, conflicts: true, learns: learned),
        Cell(
            start: .active, event: "advert 255, owner, lower source", occurs: advert(255, from: lower),
            configuration: owner, ends: .active, timer: 0.5, advertises: 255, winsContest: true, conflicts: true),
        Cell(
            start: .active, event: "advert 255, owner, RFC 9568 as published", occurs: advert(255),
            configuration: strictOwner, ends: .active, timer: 0.5, conflicts: true),
        Cell(start: .initialize, event: "group takes over", occurs: .synchronize(.takeOver), ends: .initialize),
        Cell(start: .initialize, event: "group makes way", occurs: .synchronize(.makeWay), ends: .initialize),
        Cell(start: .initialize, event: "group listens", occurs: .synchronize(.listen), ends: .initialize),
        Cell(start: .initialize, event: "group waits", occurs: .synchronize(.wait), ends: .initialize),
        Cell(
            start: .backup, event: "group takes over", occurs: .synchronize(.takeOver), ends: .active, timer: 1.0,
            advertises: 100),
        Cell(
            start: .backup, event: "group makes way", occurs: .synchronize(.makeWay), ends: .backup, timer: 2.0,
            learns: interval),
        Cell(
            start: .backup, event: "group listens", occurs: .synchronize(.listen), ends: .backup, timer: 2.0,
            learns: interval),
        Cell(
            start: .backup, event: "group waits", occurs: .synchronize(.wait), ends: .backup, timer: 3.609_375,
            learns: interval),
        Cell(start: .active, event: "group takes over", occurs: .synchronize(.takeOver), ends: .active, timer: 0.5),
        Cell(
            start: .active, event: "group makes way", occurs: .synchronize(.makeWay), ends: .backup, timer: 4.609_375,
            learns: interval),
        Cell(
            start: .active, event: "group listens", occurs: .synchronize(.listen), ends: .backup, timer: 1.609_375,
            learns: interval),
        Cell(start: .active, event: "group waits", occurs: .synchronize(.wait), ends: .active, timer: 0.5),
        Cell(start: .initialize, event: "drained, cedes", occurs: .drain(.cede), ends: .initialize),
        Cell(start: .initialize, event: "drained, reclaims", occurs: .drain(.reclaim), ends: .initialize),
        Cell(
            start: .backup, event: "drained, cedes", occurs: .drain(.cede), ends: .backup, timer: 2.0,
            learns: interval),
        Cell(
            start: .backup, event: "drained, reclaims", occurs: .drain(.reclaim), ends: .active, timer: 1.0,
            advertises: 100),
        Cell(
            start: .active, event: "drained, cedes", occurs: .drain(.cede), ends: .backup, timer: 3.609_375,
            advertises: 0, learns: interval),
        Cell(start: .active, event: "drained, reclaims", occurs: .drain(.reclaim), ends: .active, timer: 0.5),
        Cell(
            start: .active, event: "advert 254, owner", occurs: advert(254), configuration: owner, ends: .active,
            timer: 0.5, advertises: 255, winsContest: true),
    ]

    @Test("Each cell ends in its state, with its timer and its advert", arguments: cells)
    func cell(_ cell: Cell) {
        var router = Self.router(cell.start, cell.configuration)
        let outcome = router.handle(cell.occurs, at: Self.now)
        #expect(router.state.name == cell.ends)
        #expect(router.deadline.map { $0 - Self.now } == cell.timer)
        #expect(outcome.advertise == cell.advertises)
        #expect(outcome.wonContest == cell.winsContest)
        #expect((outcome.conflict != nil) == cell.conflicts)
        #expect((outcome.transition != nil) == (cell.start.rawValue != cell.ends.rawValue))
        if case .backup(let backup) = router.state { #expect(backup.activeAdvertisementInterval == cell.learns) }
    }

    @Test("A backup whose timer fires advertises and is active for one interval")
    func activeDownTimer() {
        var router = Self.router(.backup, .init())
        let outcome = router.handle(.timerExpired, at: Self.now + 2.0)
        #expect(outcome.advertise == 100)
        #expect(outcome.transition == .init(from: .backup, to: .active, reason: .activeRouterSilent))
        #expect(router.deadline == Self.now + 3.0)
    }

    @Test("An active router whose timer fires advertises and counts on from the deadline")
    func adverTimer() {
        var router = Self.router(.active, .init())
        let outcome = router.handle(.timerExpired, at: Self.now + 0.6)
        #expect(outcome.advertise == 100)
        #expect(outcome.transition == nil)
        #expect(router.deadline == Self.now + 1.5)
    }

    /// A router in a state, with 2 s to go as a backup and 0.5 s as the active one.
    private static func router(_ start: Start, _ configuration: VirtualRouterConfiguration) -> VirtualRouter {
        var router = VirtualRouter(configuration, primaryAddress: own)
        let wait = configuration.activeDownInterval(activeAdvertisementInterval: interval)
        switch start {
        case .initialize: break
        case .backup: _ = router.handle(.startup, at: now + 2.0 - wait)
        case .active:
            let isOwner = configuration.priority.isAddressOwner
            _ = router.handle(.startup, at: now - 0.5 - (isOwner ? .zero : wait))
            if !isOwner { _ = router.handle(.timerExpired, at: now - 0.5) }
        }
        return router
    }
}
