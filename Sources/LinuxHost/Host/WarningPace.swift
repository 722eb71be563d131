public import VRRP

/// Lets each warning through once in a time, so that nothing that comes again and again, by whatever cause, fills a log. A
/// value without clock.
public struct WarningPace: Sendable {
    /// How long the same is not told again.
    public static let pause = Nanoseconds.seconds(10)
    /// The most reasons that are remembered; more than that are forgotten, and told again.
    static let capacity = 1024

    private struct Told {
        var time: Instant
        var keptBack = 0
    }

    private var told: [HostWarning: Told] = [:]

    /// How many reasons are remembered.
    var rememberedReasons: Int { told.count }

    /// Nothing was told yet.
    public init() {}

    /// The sentence to tell at `now`, with how often the same was kept back since it was told last; nil where it is to be kept
    /// back.
    public mutating func sentence(for warning: HostWarning, at now: Instant) -> String? {
        let reason = warning.reason
        let before = told[reason]
        if let before, now - before.time < Self.pause {
            told[reason]?.keptBack += 1
            return nil
        }
        if before == nil, told.count >= Self.capacity { told.removeAll(keepingCapacity: true) }
        told[reason] = Told(time: now)
        guard let before, before.keptBack > 0 else { return "\(warning)" }
        let seconds = (now - before.time).rawValue / 1_000_000_000
        return "\(warning); so it was \(before.keptBack) more times in the \(seconds) s before"
    }
}

extension HostWarning {
    /// The warning without what differs from one time to the next.
    fileprivate var reason: Self {
        switch self {
        case .late: .late(by: .zero)
        case .noticesLost: .noticesLost(0)
        case .sendingFailed(let interface, let error, _): .sendingFailed(interface: interface, error, count: 0)
        default: self
        }
    }
}
