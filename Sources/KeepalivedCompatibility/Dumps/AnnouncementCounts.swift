import VRRP
import VRRPEngine

/// An announcement plan in keepalived's terms: two bursts of so many rounds, the second one after a delay.
struct AnnouncementCounts {
    /// Whole seconds until the second burst; 0 for none.
    let delay: Int64
    /// The rounds of a burst.
    let rounds: Int
    /// The same after a contest.
    let contestDelay: Int64, contestRounds: Int
    /// Whole seconds between refreshes; 0 for none.
    let refresh: Int64
    /// The rounds of a refresh.
    let refreshRounds: Int

    init(_ plan: AnnouncementPlan) {
        (delay, rounds) = Self.bursts(plan.afterBecomingActive)
        (contestDelay, contestRounds) = Self.bursts(plan.afterContest)
        refresh = plan.refreshInterval.map(Self.seconds) ?? 0
        refreshRounds = plan.refreshRounds
    }

    private static func bursts(_ offsets: [Nanoseconds]) -> (delay: Int64, rounds: Int) {
        guard let first = offsets.first, let last = offsets.last else { return (0, 0) }
        return (last > first ? seconds(last) : 0, offsets.count { $0 == first })
    }

    private static func seconds(_ length: Nanoseconds) -> Int64 { length.rawValue / 1_000_000_000 }
}
