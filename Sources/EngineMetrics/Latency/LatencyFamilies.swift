import Telemetry
import VRRP
import VRRPEngine

/// How long things take on a node.
enum LatencyFamilies {
    private static let interArrival = MetricDescription(
        "vrrp_advertisement_interarrival_seconds", .histogram,
        help: "Time from one advert of an active router to the next, as backups heard them")
    private static let lateness = MetricDescription(
        "vrrp_engine_lateness_seconds", .histogram,
        help: "Time from when a protocol timer was due until the engine came to it")
    private static let takeOver = MetricDescription(
        "vrrp_takeover_duration_seconds", .histogram,
        help: "Time from the last advert of a router that is gone until this node was active in its place")
    private static let announcement = MetricDescription(
        "vrrp_announcement_delay_seconds", .histogram,
        help: "Time from when a router became active until its first address was announced")

    static let catalogue = [interArrival, lateness, takeOver, announcement]

    static func families(of latencies: EngineLatencies) -> [MetricFamily] {
        [
            family(interArrival, latencies.advertisementInterArrival), family(lateness, latencies.lateness),
            family(takeOver, latencies.takeOver), family(announcement, latencies.announcement),
        ]
    }

    private static func family(_ description: MetricDescription, _ histogram: LatencyHistogram) -> MetricFamily {
        var family = MetricFamily(description)
        let bounds = LatencyHistogram.bounds
        family.set(
            MetricHistogram(
                buckets: zip(bounds, histogram.counts).map { .init(upperBound: $0.inSeconds, count: $1) },
                beyond: histogram.counts[bounds.count], sum: histogram.sum.inSeconds))
        return family
    }
}
