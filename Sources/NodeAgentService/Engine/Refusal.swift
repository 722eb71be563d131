/// Definitions that vrrpd has refused; it is asked again to read them, for the reason may be gone.
struct Refusal: Sendable {
    /// Their generation.
    let generation: Int64
    /// Why.
    let problem: String
    /// How long it is not asked again.
    let pause: Duration
    private let time: ContinuousClock.Instant

    private static let firstPause = Duration.seconds(1)
    private static let longestPause = Duration.seconds(20)

    /// A refusal of this moment.
    ///
    /// - Parameter before: The one of the same definitions before it; each pause is twice as long as the one before.
    init(of generation: Int64, because problem: String, after before: Refusal?, at now: ContinuousClock.Instant) {
        self.generation = generation
        self.problem = problem
        pause = before.map { min($0.pause * 2, Self.longestPause) } ?? Self.firstPause
        time = now
    }

    /// Whether vrrpd is to be asked again.
    func isOver(at now: ContinuousClock.Instant) -> Bool { time.duration(to: now) >= pause }
}
