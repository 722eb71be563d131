public import JSONDocument

/// Something outside the engine that virtual routers track: a script, a process, a file.
public struct TrackedObjectStatus: Sendable, Equatable {
    /// The name that routers track it by.
    public var name: String
    /// Whether it is good.
    public var isGood: Bool

    /// The state of an object.
    public init(name: String, isGood: Bool) {
        self.name = name
        self.isGood = isGood
    }
}

extension TrackedObjectStatus: ControlValue {
    /// `{"name": "check", "good": true}`.
    public var json: JSONValue { ["name": .string(name), "good": .bool(isGood)] }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        name = try reader.member("name").string()
        isGood = try reader.member("good").bool()
    }
}
