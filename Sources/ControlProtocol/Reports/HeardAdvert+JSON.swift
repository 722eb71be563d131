public import JSONDocument
public import VRRPEngine

extension HeardAdvert: ControlValue {
    /// `{"address": "192.0.2.1", "priority": 100}`.
    public var json: JSONValue { ["address": source.json, "priority": .integer(Int64(priority))] }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        self.init(
            source: try reader.member("address").address(), priority: try reader.member("priority").integer())
    }
}
