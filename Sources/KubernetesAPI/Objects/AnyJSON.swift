public import JSONDocument
internal import Foundation

/// Carries a JSON value through `Codable`.
public struct AnyJSON: Codable, Hashable, Sendable {
    /// The value.
    public var value: JSONValue

    /// That value.
    public init(_ value: JSONValue) { self.value = value }

    /// Hashes nothing: values are compared where it matters.
    public func hash(into hasher: inout Hasher) {}

    /// Reads any value.
    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Name.self) {
            var object = JSONObject()
            // Sorted, because a decoder does not keep the order of the text.
            for key in container.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
                object.appendDistinct(key.stringValue, try container.decode(Self.self, forKey: key).value)
            }
            value = .object(object)
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [JSONValue] = []
            while !container.isAtEnd { elements.append(try container.decode(Self.self).value) }
            value = .array(elements)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                value = .null
            } else if let text = try? container.decode(String.self) {
                value = .string(text)
            } else if let truth = try? container.decode(Bool.self) {
                value = .bool(truth)
            } else if let number = try? container.decode(Int64.self) {
                value = .integer(number)
            } else {
                value = .number(try container.decode(Double.self))
            }
        }
    }

    /// Writes the value.
    public func encode(to encoder: any Encoder) throws {
        switch value {
        case .object(let object):
            var container = encoder.container(keyedBy: Name.self)
            for member in object { try container.encode(Self(member.value), forKey: Name(stringValue: member.key)) }
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(Self(element)) }
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let truth): try Self.encode(truth, to: encoder)
        case .integer(let number): try Self.encode(number, to: encoder)
        case .number(let number): try Self.encode(number, to: encoder)
        case .string(let text): try Self.encode(text, to: encoder)
        }
    }

    private static func encode(_ value: some Encodable, to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    /// The name of any member.
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

/// Turns values of known types into JSON values and back.
enum JSONValueDecoder {
    static func decode<Value: Decodable>(_ type: Value.Type, from json: JSONValue) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(json.text().utf8))
    }

    static func value(of value: some Encodable) throws -> JSONValue {
        try JSONDecoder().decode(AnyJSON.self, from: JSONEncoder().encode(value)).value
    }
}
