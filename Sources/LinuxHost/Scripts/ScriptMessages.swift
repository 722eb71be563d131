import JSONDocument
import VRRP
import VRRPEngine

/// What the engine's process tells the script runner, one datagram each.
enum ScriptOrder: Equatable {
    /// One of the scripts to run from ``commit`` on.
    case script(RunnableScript)
    /// The list is complete: scripts that are not in it end, those that are as before go on.
    case commit

    private static let commitOctets = Array("commit".utf8)

    /// The datagram.
    var octets: [UInt8] {
        switch self {
        case .script(let script): Array(JSONValue.object(script.json).text().utf8)
        case .commit: Self.commitOctets
        }
    }

    /// Reads a datagram.
    init(_ octets: [UInt8]) throws(ScriptMessageError) {
        guard octets != Self.commitOctets else {
            self = .commit
            return
        }
        self = .script(try ScriptMessageError.wrap(octets, RunnableScript.init(fields:)))
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
    /// The datagram.
    var octets: [UInt8] {
        let object: JSONObject = ["script": .string(script), "good": .bool(isGood), "reason": .string(reason)]
        return Array(JSONValue.object(object).text().utf8)
    }

    /// Reads a datagram.
    init(octets: [UInt8]) throws(ScriptMessageError) {
        self = try ScriptMessageError.wrap(octets) { (fields) throws(JSONFieldError) in
            ScriptVerdict(
                script: try fields.required("script").string(), isGood: try fields.required("good").bool(),
                reason: try fields.required("reason").string())
        }
    }
}

extension RunnableScript {
    fileprivate var json: JSONObject {
        [
            "name": .string(definition.name), "command": .array(definition.command.map(JSONValue.string)),
            "interval": .integer(definition.interval.rawValue), "timeout": .integer(definition.timeout.rawValue),
            "rise": .integer(Int64(definition.rise)), "fall": .integer(Int64(definition.fall)),
            "startsFailed": .bool(definition.startsFailed), "needsSafePath": .bool(definition.needsSafePath),
            "user": .integer(Int64(account.user)), "group": .integer(Int64(account.group)),
        ]
    }

    fileprivate init(fields: inout JSONFields) throws(JSONFieldError) {
        var definition = ScriptDefinition(
            name: try fields.required("name").string(),
            command: try fields.required("command").elements(count: 1...Int.max) {
                (element) throws(JSONFieldError) in try element.string()
            })
        definition.interval = Nanoseconds(try fields.required("interval").integer(in: 1...Int64.max))
        definition.timeout = Nanoseconds(try fields.required("timeout").integer(in: 1...Int64.max))
        definition.rise = try fields.required("rise").integer()
        definition.fall = try fields.required("fall").integer()
        definition.startsFailed = try fields.required("startsFailed").bool()
        definition.needsSafePath = try fields.required("needsSafePath").bool()
        self.init(
            definition,
            as: ScriptAccount(
                user: try fields.required("user").integer(), group: try fields.required("group").integer()))
    }
}
