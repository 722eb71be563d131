public import JSONDocument
import VRRP
public import VRRPEngine

/// A report of the engine with the moment at which it was made; what `watch` streams.
public struct TimedReport: Sendable, Equatable {
    /// When it happened.
    public var time: WallTime
    /// What happened.
    public var report: Report
    /// Where it stands in vrrpd's log of events; nil where that does not hold reports of its kind.
    public var place: EventPlace?

    /// A report made at `time`.
    public init(time: WallTime, report: Report, place: EventPlace? = nil) {
        self.time = time
        self.report = report
        self.place = place
    }
}

extension TimedReport: ControlValue {
    /// The report's object, its time first and its sentence, `text`, last.
    public var json: JSONValue {
        var object: JSONObject = ["time": time.json]
        if let place {
            object["sequence"] = .integer(Int64(clamping: place.sequence))
            object["monotonicMilliseconds"] = .integer((place.monotonic - Instant(0)).rawValue / 1_000_000)
        }
        for member in report.members { object.appendDistinct(member.key, member.value) }
        object["text"] = .string(report.description)
        return .object(object)
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        time = try WallTime(reader.member("time"))
        place = try reader.optionalMember("sequence").map { (sequence) throws(JSONFieldError) in
            EventPlace(
                sequence: try sequence.integer(),
                monotonic: Instant(0) + (try reader.member("monotonicMilliseconds").milliseconds()))
        }
        report = try Report(reader)
    }
}
