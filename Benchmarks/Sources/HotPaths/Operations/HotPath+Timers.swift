import VRRP

extension HotPath {
    /// The engine's queue of deadlines with as many virtual routers as 16 interfaces can have.
    ///
    /// The queue is none of the engine's public parts: `Queue/DeadlineQueue.swift` is a link to the engine's source.
    static var timers: [HotPath] {
        [
            HotPath("timer expires and is set again, 4,080 routers", repetitions: 20_000) {
                Deadlines()
            } body: { deadlines, count in
                for _ in 0..<count { deadlines.expire() }
            },
            HotPath("timer is moved, 4,080 routers", repetitions: 20_000) {
                Deadlines()
            } body: { deadlines, count in
                for _ in 0..<count { deadlines.move() }
            },
            HotPath("timers are inserted and removed, 4,080 routers", repetitions: 4) {
                Deadlines()
            } body: { deadlines, count in
                for _ in 0..<count { deadlines.refill() }
            },
        ]
    }
}

/// Deadlines of 4,080 routers, scattered over the interval of their adverts.
private struct Deadlines {
    private var queue = DeadlineQueue()
    private var moved = 0
    private var now = Instant.zero
    private let scatter: [Nanoseconds]

    private static let count = 4080

    init() {
        // An arithmetic sequence modulo a prime: scattered, and the same in each run.
        scatter = (0..<Self.count).map { .microseconds(Int64($0 * 40_503 % 99_991)) }
        refill()
    }

    /// Takes the earliest deadline out and sets the router's next one, an interval later.
    mutating func expire() {
        guard let (slot, deadline) = queue.first else { return }
        queue.set(nil, for: slot)
        queue.set(deadline + Material.interval.duration, for: slot)
    }

    /// Sets the deadline of one router after the other to an interval later, as an advert does with a backup's.
    mutating func move() {
        if moved == 0 { now = now + Material.interval.duration }
        queue.set(now + scatter[moved], for: moved)
        moved = moved + 1 == Self.count ? 0 : moved + 1
    }

    /// Removes all deadlines and inserts them anew.
    mutating func refill() {
        for slot in scatter.indices { queue.set(nil, for: slot) }
        precondition(queue.count == 0, "deadlines are left")
        for (slot, place) in scatter.enumerated() { queue.set(.zero + place, for: slot) }
    }
}
