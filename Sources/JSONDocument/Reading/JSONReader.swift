/// A value of a document together with the way to it, so that whatever is wrong with it can be named.
///
/// A reader is where a decoder begins: it turns the value into what the caller needs, or throws a ``JSONFieldError``
/// that says where the value stands, what it is and what is allowed. An object is read member by member through
/// ``JSONFields``.
public struct JSONReader: Sendable {
    /// The value to read.
    public let node: JSONNode

    /// The place of the value that the ways in errors begin at.
    private let root: Int

    /// A reader of a document's root.
    public init(_ node: JSONNode) {
        self.node = node
        root = node.place
    }

    /// A reader of what stands at a place of the same document.
    func reader(at place: Int) -> JSONReader { JSONReader(node.tree, place, root: root) }

    private init(_ tree: JSONTree, _ place: Int, root: Int) {
        node = JSONNode(tree: tree, place: place)
        self.root = root
    }

    /// The way to the value.
    var path: JSONPath { JSONPath(to: node.place, from: root, in: node.tree) }

    /// The way to a member of the value, whether it has it or not.
    func path(toMember name: String) -> String {
        var path = path
        path.append(member: name)
        return path.description
    }

    /// Whether the value is `null`.
    public var isNull: Bool {
        if case .null = node.entry.content { true } else { false }
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
        switch entry.content {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): jsonText(of: value)
        case .plain, .unescaped: quoted(tree.string(at: place) ?? "")
        case .array(let count): count == 0 ? "an empty array" : "an array"
        case .object(let count): count == 0 ? "an empty object" : "an object"
        }
    }
}
