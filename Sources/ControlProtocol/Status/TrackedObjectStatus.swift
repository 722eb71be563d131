public import JSONDocument

/// An object outside of vrrpd that virtual routers track by name.
public struct TrackedObjectStatus: Sendable, Hashable {
    /// The name in the definitions.
    public var name: String
    /// Whether it is good; nil before the first word, when it counts as bad.
    public var isGood: Bool?

    /// An object of this name.
    public init(name: String, isGood: Bool?) {
        self.name = name
        self.isGood = isGood
    }
}

extension TrackedObjectStatus: ControlValue {
    /// `{"name": "endpoints of shop/web", "good": true}`.
    public var json: JSONValue { ["name": .string(name), "good": JSONValue(isGood, JSONValue.bool)] }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        name = try reader.member("name").string()
        isGood = try reader.optionalMember("good")?.bool()
    }
}
