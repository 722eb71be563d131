/// A number, or a text that stands for one: a port by its name, a share in per cent.
public enum IntOrString: Hashable, Sendable {
    /// A number.
    case int(Int)
    /// A text.
    case string(String)
}

extension IntOrString: Codable {
    /// Reads either.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .int(number)
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    /// Writes whichever it is.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .int(let number): try container.encode(number)
        case .string(let text): try container.encode(text)
        }
    }
}

extension IntOrString: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    /// A number.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }
}
