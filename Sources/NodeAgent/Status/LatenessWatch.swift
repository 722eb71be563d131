public import ControlProtocol
import VRRP
import VRRPEngine

/// Notices when a node's vrrpd came to its timers so late that other nodes take over, or that it does so too late itself.
///
/// A backup waits for three intervals and its skew time after the last advert (RFC 9568, section 6.1), so an advert that is
/// two intervals late is about to come too late. vrrpd counts how late it was in buckets; what counts is a bucket whose
/// durations are all longer than two of the shortest intervals that the node has.
public struct LatenessWatch: Sendable {
    /// How long after the last time the node counts as late. Longer than the time between two looks, and long enough that a
    /// node that is late now and then does not come and go.
    public static let memory = Duration.seconds(60)

    /// The intervals that an advert may be late.
    private static let toleratedIntervals: Int64 = 2

    private var process: EngineProcess?
    private var counts: [UInt64] = []
    private var last: (time: ContinuousClock.Instant, limit: Nanoseconds)?

    /// Nothing was looked at yet.
    public init() {}

    /// Takes what vrrpd says now.
    public mutating func take(_ status: NodeStatus, at now: ContinuousClock.Instant) {
        let new = status.latencies.lateness.counts
        let before = process
        let present = EngineProcess(status.daemon, at: status.time)
        defer {
            process = present
            counts = new
        }
        let base: [UInt64]
        if before == present {
            base = counts
        } else if before != nil || status.daemon.uptime < .seconds(Self.memory.components.seconds) {
            // All that a new process has counted is recent.
            base = Array(repeating: 0, count: new.count)
        } else {
            // When an old process was late before the first look, nobody knows.
            return
        }
        guard let interval = status.virtualRouters.map(\.advertisementInterval).min(),
            let bucket = LatencyHistogram.bounds.firstIndex(where: { $0 >= interval * Self.toleratedIntervals })
        else { return }
        let beyond = bucket + 1
        if zip(new[beyond...], base[beyond...]).contains(where: { $0 > $1 }) {
            last = (now, LatencyHistogram.bounds[bucket])
        }
    }

    /// What is wrong, as a sentence without a full stop; nil where nothing is.
    public func problem(at now: ContinuousClock.Instant) -> String? {
        guard let last, last.time.duration(to: now) < Self.memory else { return nil }
        let milliseconds = last.limit.rawValue / 1_000_000
        return
            "vrrpd came to a timer more than \(milliseconds) ms late in the last \(Self.memory.components.seconds) s, "
            + "so that other nodes may take over"
    }
}
