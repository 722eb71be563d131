public import JSONDocument

/// A line that vrrpd sends: `{"ok":true,"status":{…}}`, with another member for another request, or
/// `{"ok":false,"error":"…"}`.
public enum ControlAnswer: Sendable, Equatable {
    /// The request was refused, and why.
    case failure(String)
    /// Everything that vrrpd knows.
    case status(NodeStatus)
    /// Something that happened while a client watches.
    case report(TimedReport)
    /// What came of reading the configuration again.
    case reload(ReloadOutcome)
    /// What came of telling the states of tracked objects.
    case track(TrackOutcome)
    /// Events of the log.
    case events(EventList)
    /// Why virtual routers are in their states; one for each that was asked about.
    case explain([ExplanationStatus])
    /// Whether the node is drained, and what it still holds.
    case drain(DrainOutcome)
    /// The last adverts of a virtual router.
    case capture(CaptureStatus)

    /// The answer as a line, its line feed included.
    public var line: [UInt8] { line(brief: false) }

    /// The answer as a line; a brief one without the members that are `null`.
    public func line(brief: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        json.write(into: &bytes, nulls: !brief)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    /// Reads a line, with or without its line feed.
    public init(line: [UInt8]) throws(ControlAnswerError) {
        let limits = JSONLimits(bytes: ControlEndpoint.longestAnswer + 1)
        let node: JSONNode
        do { node = try JSONNode.parse(line, limits: limits) } catch { throw .syntax(error) }
        do { self = try ControlAnswer(JSONReader(node)) } catch { throw .field(error) }
    }
}

extension ControlAnswer: ControlValue {
    /// The object of the line.
    public var json: JSONValue {
        switch self {
        case .failure(let error): ["ok": false, "error": .string(error)]
        case .status(let status): ["ok": true, "status": status.json]
        case .report(let report): ["ok": true, "report": report.json]
        case .reload(let outcome): ["ok": true, "reload": outcome.json]
        case .track(let outcome): ["ok": true, "track": outcome.json]
        case .events(let list): ["ok": true, "events": list.json]
        case .explain(let explanations): ["ok": true, "explain": .array(explanations.map(\.json))]
        case .capture(let capture): ["ok": true, "capture": capture.json]
        case .drain(let outcome): ["ok": true, "drain": outcome.json]
        }
    }

    /// Reads the object of a line.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        guard try reader.member("ok").bool() else {
            self = .failure(try reader.member("error").string())
            return
        }
        if let report = try reader.optionalMember("report") {
            self = .report(try TimedReport(report))
        } else if let outcome = try reader.optionalMember("reload") {
            self = .reload(try ReloadOutcome(outcome))
        } else if let outcome = try reader.optionalMember("track") {
            self = .track(try TrackOutcome(outcome))
        } else if let list = try reader.optionalMember("events") {
            self = .events(try EventList(list))
        } else if let explanations = try reader.optionalMember("explain") {
            self = .explain(try explanations.elements(ExplanationStatus.init))
        } else if let capture = try reader.optionalMember("capture") {
            self = .capture(try CaptureStatus(capture))
        } else if let outcome = try reader.optionalMember("drain") {
            self = .drain(try DrainOutcome(outcome))
        } else {
            self = .status(try NodeStatus(reader.member("status")))
        }
    }
}

/// Why a line is not an answer of vrrpd.
public enum ControlAnswerError: Error, Sendable, Equatable {
    /// The line is not JSON.
    case syntax(JSONSyntaxError)
    /// The object is not an answer.
    case field(JSONFieldError)
}

extension ControlAnswerError: CustomStringConvertible {
    /// One clause for people.
    public var description: String {
        switch self {
        case .syntax(let error): "it is not JSON: \(error)"
        case .field(let error): "\(error)"
        }
    }
}
