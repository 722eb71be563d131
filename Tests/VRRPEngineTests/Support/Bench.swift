public import VRRP
import VRRPEngine
import VRRPSimulation

/// The device under test of the conformance cases: one engine at 192.0.2.10 with an exact clock that starts with the
/// laboratory; whatever it hears is forged.
struct Bench {
    var lab = Lab()
    let router: VirtualRouterDefinition

    static let higher = IPAddress.literal("192.0.2.20")
    static let lower = IPAddress.literal("192.0.2.5")
    static let higherIPv6 = IPAddress.literal("fe80::ff:fe00:b")
    static let name = "dut"

    /// Starts the device with one virtual router, by default 77 with priority 100 and an interval of one second.
    init(_ router: VirtualRouterDefinition = .example()) {
        self.router = router
        lab.addNode(Self.name, addresses: ["192.0.2.10/24", "fe80::ff:fe00:a/64", "2001:db8:0:1::10/64"])
        lab.start(Self.name, [router])
    }

    /// The same with changes to the usual virtual router.
    init(_ change: (inout VirtualRouterDefinition) -> Void) { self.init(.example("vr", change)) }

    /// The virtual router on the device.
    var snapshot: RouterSnapshot { lab.router(Self.name)! }
    var state: VirtualRouterState.Name { snapshot.state.name }
    var adverts: [SentAdvertisement] { lab.adverts(from: Self.name) }
    /// The moments of all adverts.
    var advertMoments: [Nanoseconds] { adverts.map { $0.moment - .zero } }

    /// When the timer of the state fires, counted from the beginning.
    var deadline: Nanoseconds? {
        switch snapshot.state {
        case .initialize: nil
        case .backup(let backup): backup.activeDownDeadline - .zero
        case .active(let active): active.advertisementDeadline - .zero
        }
    }

    /// The interval learned from the active router; nil where the device is not a backup.
    var learnedInterval: AdvertisementInterval? {
        guard case .backup(let backup) = snapshot.state else { return nil }
        return backup.activeAdvertisementInterval
    }

    /// Lets the device hear an advert at this moment.
    mutating func hear(
        priority: UInt8, from source: IPAddress? = nil, interval: AdvertisementInterval? = nil,
        _ change: (inout ForgedAdvertisement) -> Void = { _ in }
    ) {
        let usual = router.family == .ipv4 ? Self.higher : Self.higherIPv6
        var advert = ForgedAdvertisement(
            for: router, from: source ?? usual, priority: priority, interval: interval)
        change(&advert)
        lab.inject(advert, into: Self.name)
    }

    /// Lets the device hear the same advert again and again, the first time at `start`.
    mutating func hear(
        priority: UInt8, every period: Nanoseconds, from start: Nanoseconds, until end: Nanoseconds
    ) {
        let advert = ForgedAdvertisement(for: router, from: Self.higher, priority: priority)
        var time = start
        while time <= end {
            lab.at(time) { $0.inject(advert, into: Self.name) }
            time = time + period
        }
    }

    mutating func run(until time: Nanoseconds) { lab.run(until: time) }

    /// Lets the device take over from nobody; returns the moment.
    @discardableResult
    mutating func becomeActive() -> Nanoseconds {
        let moment = deadline!
        lab.run(until: moment)
        return moment
    }
}

extension Nanoseconds: ExpressibleByFloatLiteral {
    /// Seconds, exact to the nanosecond: `3.609_375`.
    public init(floatLiteral seconds: Double) { self.init(Int64((seconds * 1e9).rounded())) }
}
