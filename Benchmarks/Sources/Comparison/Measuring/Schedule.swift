import NetworkLab

/// How late the ticks of something regular were.
enum Schedule {
    /// The lateness of each tick, in nanoseconds, behind the schedule that the earliest of all ticks keeps.
    ///
    /// - Parameter interval: the time between two ticks in nanoseconds; one that is missing counts for none.
    static func lateness(of times: [Double], interval: Double) -> [Double] {
        guard let first = times.first else { return [] }
        let residuals = times.map { time in
            let elapsed = time - first
            return elapsed - (elapsed / interval).rounded() * interval
        }
        let earliest = residuals.min() ?? 0
        return residuals.map { $0 - earliest }
    }
}

/// Relates the two clocks: the kernel stamps frames with the one that may be adjusted, daemons plan by the other.
struct ClockRelation {
    private let start: (real: Double, offset: Double)

    /// Notes how the clocks stand to each other now.
    init() { start = Self.sample() }

    /// A function from time stamps to the steady clock, for the time from the creation of this value until now.
    func conversion() -> (Double) -> Double {
        let end = Self.sample()
        let start = start
        let slope = end.real > start.real ? (end.offset - start.offset) / (end.real - start.real) : 0
        return { time in time - start.offset - slope * (time - start.real) }
    }

    /// The shortest of several readings, so that a pause between the two clocks does not count.
    private static func sample() -> (real: Double, offset: Double) {
        var best: (width: Int64, real: Int64, steady: Int64) = (.max, 0, 0)
        for _ in 0..<50 {
            let before = steadyNanoseconds()
            let real = Timestamp.now.nanoseconds
            let after = steadyNanoseconds()
            if after - before < best.width { best = (after - before, real, (before + after) / 2) }
        }
        return (Double(best.real), Double(best.real - best.steady))
    }
}
