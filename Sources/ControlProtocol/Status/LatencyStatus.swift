public import JSONDocument
import VRRP
public import VRRPEngine

/// How long things take on a node, each as a histogram: the bounds of its buckets in seconds, how many durations fell into
/// each and, last, beyond all of them, and their sum in nanoseconds.
extension EngineLatencies: ControlValue {
    /// An object with a member for each histogram.
    public var json: JSONValue {
        [
            "advertisementInterArrival": advertisementInterArrival.json, "lateness": lateness.json,
            "takeOver": takeOver.json, "announcement": announcement.json,
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        self.init()
        advertisementInterArrival = try LatencyHistogram(reader.member("advertisementInterArrival"))
        lateness = try LatencyHistogram(reader.member("lateness"))
        takeOver = try LatencyHistogram(reader.member("takeOver"))
        announcement = try LatencyHistogram(reader.member("announcement"))
    }
}

extension LatencyHistogram: ControlValue {
    /// `{"boundsSeconds": […], "counts": […], "sumNanoseconds": …}`.
    public var json: JSONValue {
        [
            "boundsSeconds": .array(Self.bounds.map { .number(Double($0.rawValue) / 1_000_000_000) }),
            "counts": .array(counts.map { .integer(Int64(clamping: $0)) }),
            "sumNanoseconds": .integer(sum.rawValue),
        ]
    }

    /// Reads what ``json`` wrote; the bounds are the same in every version.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        let counts = try reader.member("counts").elements(count: 0...1024) { (count) throws(JSONFieldError) in
            UInt64(try count.integer(in: 0...Int64.max))
        }
        let sum = try reader.member("sumNanoseconds").integer(in: 0...Int64.max)
        guard let histogram = Self(counts: counts, sum: Nanoseconds(sum)) else {
            throw try reader.member("counts").error("must have \(Self.boundCount + 1) elements")
        }
        self = histogram
    }
}
