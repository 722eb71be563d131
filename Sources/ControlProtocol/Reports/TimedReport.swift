public import JSONDocument
public import VRRPEngine

/// A report of the engine with the moment at which it was made; what `watch` streams.
public struct TimedReport: Sendable, Equatable {
    /// When it happened.
    public var time: WallTime
    /// What happened.
    public var report: Report

    /// A report made at `time`.
    public init(time: WallTime, report: Report) {
        self.time = time
        self.report = report
    }
}

extension TimedReport: ControlValue {
    /// The report's object, its time first and its sentence, `text`, last.
    public var json: JSONValue {
        var object: JSONObject = ["time": time.json]
        for member in report.members { object.appendDistinct(member.key, member.value) }
        object["text"] = .string(report.description)
        return .object(object)
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        time = try WallTime(reader.member("time"))
        report = try Report(reader)
    }
}
