/// One JSON value (RFC 8259), without a place in a document.
///
/// Whole numbers and floating-point numbers are told apart, as they are in the text: `1` is an integer, `1.0` is a
/// number, and the two are not equal. Strings are equal when their code points are, in contrast to `String`, which
/// holds composed and decomposed characters for the same.
public enum JSONValue: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without fraction and exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number. Infinities and NaN have no JSON text and are written as `null`.
    case number(Double)
    /// A string.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Members in order.
    case object(JSONObject)
}

extension JSONValue: Equatable {
    /// Whether kind and value agree; NaN equals nothing.
    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.isExactly(right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }
}

extension JSONValue: CustomStringConvertible {
    /// The compact JSON text.
    public var description: String { text() }
}
