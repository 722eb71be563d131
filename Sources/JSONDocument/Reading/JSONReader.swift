/// A value of a document together with the way to it, so that whatever is wrong with it can be named.
///
/// A reader is where a decoder begins: it turns the value into what the caller needs, or throws a ``JSONFieldError``
/// that says where the value stands, what it is and what is allowed. An object is read member by member through
/// ``JSONFields``.
public struct JSONReader: Sendable {
    /// The value to read.
    public let node: JSONNode

    /// The way to what the value is in, or to the value itself.
    private let base: JSONPath
    /// The last step of the way where `base` is without it.
    private let step: JSONPath.Step?

    /// A reader of a document's root.
    public init(_ node: JSONNode) {
        self.node = node
        base = .root
        step = nil
    }

    /// A reader of what stands a step further.
    ///
    /// A step costs an allocation: of a number or a string, which no step goes further from, it is taken when an error asks
    /// for it.
    init(node: JSONNode, parent: JSONPath, step: JSONPath.Step) {
        self.node = node
        switch node.content {
        case .array, .object:
            base = JSONPath(parent, step)
            self.step = nil
        case .null, .bool, .integer, .number, .string:
            base = parent
            self.step = step
        }
    }

    /// The way to the value.
    var path: JSONPath { step.map { JSONPath(base, $0) } ?? base }

    /// Whether the value is `null`.
    public var isNull: Bool {
        if case .null = node.content { true } else { false }
    }

    /// An error at this value, for checks that only the caller can make: it reads
    /// `address is "10.0.0", which is not an IPv4 address`.
    ///
    /// - Parameter reason: The words after "which", as in "is not an IPv4 address".
    public func error(_ reason: String) -> JSONFieldError {
        JSONFieldError(
            position: node.position, path: path.description, what: .invalid(found: node.shortText, reason: reason))
    }

    /// An error at this value that says what is allowed instead: it reads `priority is 300; allowed is …`.
    ///
    /// - Parameter allowed: The words after "allowed is", as in "a whole number from 1 to 255".
    public func error(allowed: String) -> JSONFieldError {
        JSONFieldError(
            position: node.position, path: path.description,
            what: .notAllowed(found: node.shortText, allowed: allowed))
    }
}

extension JSONNode {
    /// The value as an error's sentence shows it: in full where it is short.
    fileprivate var shortText: String {
        switch content {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): jsonText(of: value)
        case .string(let value): quoted(value)
        case .array(let elements): elements.isEmpty ? "an empty array" : "an array"
        case .object(let members): members.isEmpty ? "an empty object" : "an object"
        }
    }
}
