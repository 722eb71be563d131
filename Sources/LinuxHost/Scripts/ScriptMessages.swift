import JSONDocument
import VRRP
import VRRPEngine

/// What the engine's process tells the script runner, one datagram each.
enum ScriptOrder: Equatable {
    /// One of the scripts to run from ``commit`` on.
    case script(RunnableScript)
    /// The list is complete: scripts that are not in it end, those that are as before go on.
    case commit
    /// Where notices go from now on.
    case route(NoticeRoutes)
    /// Tell these, in their order.
    case deliver([OutgoingNotice])
    /// Run a command once and say how it ended.
    case perform(RunnableCommand, timeout: Nanoseconds)
    /// End: what was delivered may still run for a while, and then the command runs.
    case finish(RunnableCommand?, timeout: Nanoseconds)

    /// The datagram.
    var octets: [UInt8] {
        let object: JSONObject =
            switch self {
            case .script(let script): ["order": "script", "script": .object(script.json)]
            case .commit: ["order": "commit"]
            case .route(let routes): ["order": "route", "routes": .object(routes.json)]
            case .deliver(let notices): ["order": "deliver", "notices": .array(notices.map { .object($0.json) })]
            case .perform(let command, let timeout):
                ["order": "perform", "command": .object(command.json), "timeout": .integer(timeout.rawValue)]
            case .finish(let command, let timeout):
                [
                    "order": "finish", "command": command.map { .object($0.json) } ?? .null,
                    "timeout": .integer(timeout.rawValue),
                ]
            }
        return Array(JSONValue.object(object).text().utf8)
    }

    private enum Kind: String, CaseIterable {
        case script, commit, route, deliver, perform, finish
    }

    /// Reads a datagram.
    init(_ octets: [UInt8]) throws(ScriptMessageError) {
        self = try ScriptMessageError.wrap(octets) { (fields) throws(JSONFieldError) in
            func timeout() throws(JSONFieldError) -> Nanoseconds {
                Nanoseconds(try fields.required("timeout").integer(in: 1...Int64.max))
            }
            return switch try fields.required("order").oneOf(Kind.self) {
            case .script: .script(try fields.required("script").object(RunnableScript.init(fields:)))
            case .commit: .commit
            case .route: .route(try fields.required("routes").object(NoticeRoutes.init(fields:)))
            case .deliver: .deliver(try fields.required("notices").objects(OutgoingNotice.init(fields:)))
            case .perform:
                .perform(
                    try fields.required("command").object(RunnableCommand.init(fields:)), timeout: try timeout())
            case .finish:
                .finish(
                    try fields.optional("command")?.object(RunnableCommand.init(fields:)), timeout: try timeout())
            }
        }
    }
}

/// What the script runner tells the engine's process, one datagram each.
enum ScriptNews: Equatable {
    /// A script became good or bad.
    case verdict(ScriptVerdict)
    /// Something could not be told to somebody, as a sentence.
    case trouble(String)
    /// The command to be run once has ended so.
    case performed(String)

    /// The datagram.
    var octets: [UInt8] {
        let object: JSONObject =
            switch self {
            case .verdict(let verdict): ["verdict": .object(verdict.json)]
            case .trouble(let sentence): ["trouble": .string(sentence)]
            case .performed(let outcome): ["performed": .string(outcome)]
            }
        return Array(JSONValue.object(object).text().utf8)
    }

    /// Reads a datagram.
    init(_ octets: [UInt8]) throws(ScriptMessageError) {
        self = try ScriptMessageError.wrap(octets) { (fields) throws(JSONFieldError) in
            if let verdict = try fields.optional("verdict") {
                return .verdict(try verdict.object(ScriptVerdict.init(fields:)))
            }
            if let outcome = try fields.optional("performed") { return .performed(try outcome.string()) }
            return .trouble(try fields.required("trouble").string())
        }
    }
}

/// A message between the engine's process and the script runner that is not one of theirs.
enum ScriptMessageError: Error, Equatable {
    /// The datagram is not JSON.
    case syntax(JSONSyntaxError)
    /// The object is another one.
    case field(JSONFieldError)

    fileprivate static func wrap<Value>(
        _ octets: [UInt8], _ read: (inout JSONFields) throws(JSONFieldError) -> Value
    ) throws(ScriptMessageError) -> Value {
        let node: JSONNode
        do { node = try JSONNode.parse(octets) } catch { throw .syntax(error) }
        do { return try JSONReader(node).object(read) } catch { throw .field(error) }
    }
}

extension ScriptVerdict {
    fileprivate var json: JSONObject {
        let (kind, number): (Kind, Int32?) =
            switch cause {
            case .exited(let status): (.exited, status)
            case .killed(let signal): (.killed, signal)
            case .timedOut: (.timedOut, nil)
            case .notStarted: (.notStarted, nil)
            }
        return [
            "script": .string(script), "good": .bool(isGood), "cause": .string(kind.rawValue),
            "number": .integer(Int64(number ?? 0)), "reason": .string(reason),
        ]
    }

    fileprivate init(fields: inout JSONFields) throws(JSONFieldError) {
        let number: Int32 = try fields.required("number").integer()
        let cause: Cause =
            switch try fields.required("cause").oneOf(Kind.self) {
            case .exited: .exited(status: number)
            case .killed: .killed(signal: number)
            case .timedOut: .timedOut
            case .notStarted: .notStarted
            }
        self.init(
            script: try fields.required("script").string(), isGood: try fields.required("good").bool(), cause: cause,
            reason: try fields.required("reason").string())
    }

    private enum Kind: String, CaseIterable {
        case exited, killed, timedOut, notStarted
    }
}

extension RunnableScript {
    fileprivate var json: JSONObject {
        [
            "name": .string(definition.name), "command": .object(command.json),
            "interval": .integer(definition.interval.rawValue), "timeout": .integer(definition.timeout.rawValue),
            "rise": .integer(Int64(definition.rise)), "fall": .integer(Int64(definition.fall)),
            "startsFailed": .bool(definition.startsFailed),
            "place": place.map { .integer(Int64($0)) } ?? .null,
        ]
    }

    fileprivate init(fields: inout JSONFields) throws(JSONFieldError) {
        let command = try fields.required("command").object(RunnableCommand.init(fields:))
        var definition = ScriptDefinition(name: try fields.required("name").string(), command: command.words)
        definition.interval = Nanoseconds(try fields.required("interval").integer(in: 1...Int64.max))
        definition.timeout = Nanoseconds(try fields.required("timeout").integer(in: 1...Int64.max))
        definition.rise = try fields.required("rise").integer()
        definition.fall = try fields.required("fall").integer()
        definition.startsFailed = try fields.required("startsFailed").bool()
        definition.needsSafePath = command.needsSafePath
        definition.keepsLinks = command.keepsLinks
        self.init(definition, as: command.account)
        place = try fields.optional("place")?.integer()
    }
}
