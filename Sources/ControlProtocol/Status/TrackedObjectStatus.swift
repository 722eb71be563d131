public import JSONDocument
public import VRRPEngine

/// An object outside of vrrpd that virtual routers track by name.
public struct TrackedObjectStatus: Sendable, Hashable {
    /// The name in the definitions.
    public var name: String
    /// Whether it is good; nil before the first word, when it counts as bad.
    public var isGood: Bool?
    /// What its program does at the moment; nil for what is no script that vrrpd runs.
    public var scriptPhase: ScriptPhase?

    /// An object of this name.
    public init(name: String, isGood: Bool?, scriptPhase: ScriptPhase? = nil) {
        self.name = name
        self.isGood = isGood
        self.scriptPhase = scriptPhase
    }
}

extension TrackedObjectStatus: ControlValue {
    /// `{"name": "script chk", "good": true, "scriptPhase": "idle"}`.
    public var json: JSONValue {
        [
            "name": .string(name), "good": JSONValue(isGood, JSONValue.bool),
            "scriptPhase": JSONValue(scriptPhase) { .string($0.word) },
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        name = try reader.member("name").string()
        isGood = try reader.optionalMember("good")?.bool()
        // A word of a newer vrrpd is none.
        let word = try reader.optionalMember("scriptPhase")?.string()
        scriptPhase = word.flatMap { word in ScriptPhase.allCases.first { $0.word == word } }
    }
}

extension ScriptPhase {
    fileprivate var word: String {
        switch self {
        case .idle: "idle"
        case .running: "running"
        case .terminating: "terminating"
        case .killing: "killing"
        }
    }
}
