import VRRP

extension HotPath {
    /// One step of the state machine, without the engine around it.
    static var stateMachine: [HotPath] {
        [
            HotPath("state machine: Adver_Timer of an active router", repetitions: 1000) {
                Steps(priority: .addressOwner)
            } body: { steps, count in
                for _ in 0..<count { steps.fireTimer() }
            },
            HotPath("state machine: advert heard by a backup", repetitions: 1000) {
                Steps(priority: .default)
            } body: { steps, count in
                for _ in 0..<count { steps.hear() }
            },
        ]
    }
}

/// A virtual router and the time that it lives in.
private struct Steps {
    private var router: VirtualRouter
    private var now = Instant.zero
    private let advertisement = ReceivedAdvertisement(
        source: Material.peer, priority: 200, interval: Material.interval)

    init(priority: Priority) {
        router = VirtualRouter(
            VirtualRouterConfiguration(priority: priority, advertisementInterval: Material.interval),
            primaryAddress: .v4(IPv4Address(10, 0, 0, 1)))
        _ = router.handle(.startup, at: now)
    }

    mutating func fireTimer() {
        now = now + Material.interval.duration
        let outcome = router.handle(.timerExpired, at: now)
        precondition(outcome.advertise == 255, "the router is not active")
    }

    mutating func hear() {
        now = now + Material.interval.duration
        let outcome = router.handle(.advertisement(advertisement), at: now)
        precondition(outcome.transition == nil, "the router is not a backup")
    }
}
