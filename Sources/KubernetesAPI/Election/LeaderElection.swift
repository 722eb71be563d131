/// The election of one of several candidates by a Lease, by the rules of client-go, so that candidates of both kinds can
/// stand against each other.
///
/// Clocks of different machines are never compared: a Lease counts from when a change of it was last seen here. The leader
/// gives up before others may take over, even if it hears nothing.
///
/// A value without I/O and clock: ``next(at:_:using:)`` says what to do next, ``received(_:at:using:)`` takes what came of
/// it.
public struct LeaderElection: Sendable {
    /// A moment of the clock that goes on while the machine sleeps.
    public typealias Instant = ContinuousClock.Instant

    private let settings: LeaderElectionSettings
    /// The Lease as it was last seen, and when it was first seen like that.
    private var observed: (spec: Lease.Spec, resourceVersion: String?, at: Instant)?
    private var knowledge = Knowledge.stale
    private var nextAttempt: Instant?
    private var writing: Instant?
    /// When the request that last renewed the Lease was made.
    private var renewedAt: Instant?

    private enum Knowledge: Sendable { case stale, fresh, missing }

    /// A candidate that knows nothing yet.
    public init(_ settings: LeaderElectionSettings) { self.settings = settings }

    /// What to do next.
    public enum Step: Hashable, Sendable {
        /// Wait until then.
        case wait(until: Instant)
        /// Read the Lease.
        case read
        /// Create the Lease.
        case create(Lease.Spec)
        /// Write the Lease, if it is still this version.
        case write(Lease.Spec, resourceVersion: String?)
    }

    /// What came of a step.
    public enum Answer: Sendable {
        /// The Lease as it was read.
        case read(Lease)
        /// The Lease as it was created or written.
        case written(Lease)
        /// There is none.
        case missing
        /// Somebody else was faster.
        case conflict
        /// The server could not be asked.
        case failed
    }

    /// Who holds the Lease, as far as is known; nil where nobody does.
    public var holder: String? {
        observed?.spec.holderIdentity.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Until when this candidate leads; nil where it does not. Work has to have ended by then.
    public var leadsUntil: Instant? { renewedAt.map { $0 + settings.renewDeadline } }

    /// Whether this candidate leads.
    public func leads(at now: Instant) -> Bool { leadsUntil.map { now < $0 } ?? false }

    /// What to do next.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - wallClock: The time as the Lease tells it to people.
    public mutating func next(
        at now: Instant, _ wallClock: Timestamp, using generator: inout some RandomNumberGenerator
    ) -> Step {
        if !leads(at: now) { renewedAt = nil }
        if let nextAttempt, now < nextAttempt { return .wait(until: nextAttempt) }
        switch (knowledge, observed) {
        case (.missing, _):
            writing = now
            return .create(spec(after: nil, wallClock))
        case (.fresh, let observed?):
            let isOwn = observed.spec.holderIdentity == settings.identity
            let length = Duration.seconds(observed.spec.leaseDurationSeconds ?? 0)
            guard isOwn || holder == nil || observed.at + length <= now else {
                return .wait(until: postpone(from: now, using: &generator))
            }
            writing = now
            return .write(spec(after: observed.spec, wallClock), resourceVersion: observed.resourceVersion)
        case (.stale, _), (.fresh, nil): return .read
        }
    }

    /// Takes what came of a step.
    public mutating func received(
        _ answer: Answer, at now: Instant, using generator: inout some RandomNumberGenerator
    ) {
        switch answer {
        case .read(let lease):
            observe(lease, at: now)
            knowledge = .fresh
            nextAttempt = nil
            if holder != settings.identity { renewedAt = nil }
        case .written(let lease):
            observe(lease, at: now)
            knowledge = .fresh
            // Others count from when they see it, which is later than this.
            renewedAt = writing ?? now
            nextAttempt = now + settings.retryPeriod
        case .missing:
            observed = nil
            renewedAt = nil
            knowledge = .missing
            nextAttempt = nil
        case .conflict where leads(at: now):
            // Somebody touched the Lease, perhaps only its labels: look at once.
            knowledge = .stale
            nextAttempt = nil
        case .conflict, .failed:
            knowledge = .stale
            postpone(from: now, using: &generator)
        }
    }

    /// What gives the Lease back, so that others need not wait; nil where this candidate does not hold it.
    public func release(at now: Instant, _ wallClock: Timestamp) -> (spec: Lease.Spec, resourceVersion: String?)? {
        guard let observed, holder == settings.identity, leads(at: now) else { return nil }
        var spec = observed.spec
        spec.holderIdentity = ""
        spec.leaseDurationSeconds = 1
        spec.acquireTime = MicroTime(wallClock)
        spec.renewTime = MicroTime(wallClock)
        return (spec, observed.resourceVersion)
    }

    private mutating func observe(_ lease: Lease, at now: Instant) {
        let spec = lease.spec ?? Lease.Spec()
        let since = observed.flatMap { $0.spec == spec ? $0.at : nil } ?? now
        observed = (spec, lease.metadata.resourceVersion, since)
    }

    @discardableResult
    private mutating func postpone(
        from now: Instant, using generator: inout some RandomNumberGenerator
    ) -> Instant {
        // A leader asks in step; candidates come at different times. The share of chance is client-go's.
        let share = leads(at: now) ? 0 : 1.2 * Double.random(in: 0...1, using: &generator)
        let moment = now + settings.retryPeriod * (1 + share)
        knowledge = .stale
        nextAttempt = moment
        return moment
    }

    private func spec(after old: Lease.Spec?, _ wallClock: Timestamp) -> Lease.Spec {
        var spec = Lease.Spec()
        let isOwn = old?.holderIdentity == settings.identity
        spec.holderIdentity = settings.identity
        spec.leaseDurationSeconds = Int(settings.leaseDuration.components.seconds)
        spec.acquireTime = isOwn ? old?.acquireTime : MicroTime(wallClock)
        spec.renewTime = MicroTime(wallClock)
        spec.leaseTransitions = old.map { ($0.leaseTransitions ?? 0) + (isOwn ? 0 : 1) } ?? 0
        return spec
    }
}

/// Who stands for election, and how fast it goes.
public struct LeaderElectionSettings: Hashable, Sendable {
    /// What tells this candidate from all others.
    public let identity: String
    /// How long others wait after a sign of life, in whole seconds.
    public let leaseDuration: Duration
    /// How long a leader leads after its last renewal.
    public let renewDeadline: Duration
    /// How often a leader renews, and about how often others look.
    public let retryPeriod: Duration

    /// A candidate, with the times of client-go's controllers: 15 s, 10 s and 2 s.
    ///
    /// Returns nil where the identity is empty, or where the times do not allow a leader to give up before others take
    /// over: the lease duration must be whole seconds and exceed the deadline, which must exceed the longest retry.
    public init?(
        identity: String, leaseDuration: Duration = .seconds(15), renewDeadline: Duration = .seconds(10),
        retryPeriod: Duration = .seconds(2)
    ) {
        guard !identity.isEmpty, leaseDuration.components.attoseconds == 0, leaseDuration > renewDeadline,
            renewDeadline > retryPeriod * 1.2, retryPeriod > .zero
        else { return nil }
        self.identity = identity
        self.leaseDuration = leaseDuration
        self.renewDeadline = renewDeadline
        self.retryPeriod = retryPeriod
    }
}
