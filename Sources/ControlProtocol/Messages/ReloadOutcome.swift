public import JSONDocument

/// What came of reading the configuration again.
public struct ReloadOutcome: Sendable, Equatable {
    /// The generation of the definitions that are in force now.
    public var generation: Int64
    /// Whether they are those that were read.
    public var isInForce: Bool
    /// What is wrong with the configuration, one sentence a line: all of it, or, where it is in force, the instances that
    /// were left out. Nil where nothing is.
    public var error: String?

    /// An outcome.
    public init(generation: Int64, isInForce: Bool, error: String? = nil) {
        self.generation = generation
        self.isInForce = isInForce
        self.error = error
    }
}

extension ReloadOutcome: ControlValue {
    /// `{"generation": 8, "inForce": true, "error": null}`.
    public var json: JSONValue {
        [
            "generation": .integer(generation), "inForce": .bool(isInForce),
            "error": JSONValue(error, JSONValue.string),
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        generation = try reader.member("generation").integer()
        isInForce = try reader.member("inForce").bool()
        error = try reader.optionalMember("error")?.string()
    }
}
