/// A value of a parsed JSON text that knows where it stands.
///
/// It keeps the text alive that it is of.
public struct JSONNode: Sendable {
    /// What a node holds; the cases mean what they mean in ``JSONValue``.
    public enum Content: Sendable {
        /// `null`.
        case null
        /// `true` or `false`.
        case bool(Bool)
        /// A number without fraction and exponent that fits 64 bits.
        case integer(Int64)
        /// Any other number; always finite.
        case number(Double)
        /// A string.
        case string(String)
        /// Elements in order.
        case array([JSONNode])
        /// Members in order; no name occurs twice.
        case object([Member])
    }

    /// One member of an object.
    public struct Member: Sendable {
        /// The name, without quotes and escapes.
        public let name: String
        /// Where the name stands.
        public let position: JSONPosition
        /// The value.
        public let node: JSONNode
    }

    let tree: JSONTree
    let place: Int

    /// Where the first character of the value stands.
    public var position: JSONPosition { entry.position }

    /// What the node holds; made anew each time.
    public var content: Content {
        switch entry.content {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(value)
        case .number(let value): .number(value)
        case .plain, .unescaped: .string(tree.string(at: place) ?? "")
        case .array: .array(tree.elements(of: place).map { JSONNode(tree: tree, place: $0) })
        case .object: .object(tree.members(of: place).map(member(at:)))
        }
    }

    /// The node without positions.
    public var value: JSONValue {
        switch content {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(value)
        case .number(let value): .number(value)
        case .string(let value): .string(value)
        case .array(let elements): .array(elements.map(\.value))
        case .object(let members): .object(JSONObject(distinctPairs: members.map { ($0.name, $0.node.value) }))
        }
    }

    var entry: JSONEntry { tree.entries[place] }

    /// The member whose name stands at a place.
    func member(at name: Int) -> Member {
        Member(
            name: tree.string(at: name) ?? "", position: tree.entries[name].position,
            node: JSONNode(tree: tree, place: name + 1))
    }
}

extension JSONNode {
    /// Reads a JSON text, strictly by RFC 8259.
    ///
    /// The text is UTF-8 without a byte order mark and holds one value of any kind. Beyond the grammar, these are
    /// errors: a name that occurs twice in an object, an escaped surrogate without its other half, a number beyond the
    /// range of `Double`, and a text beyond `limits`. Whatever the bytes are, time and memory grow linearly with their
    /// number.
    public static func parse(
        _ bytes: [UInt8], limits: JSONLimits = .standard
    ) throws(JSONSyntaxError) -> JSONNode {
        guard bytes.count <= limits.bytes else { throw .documentTooLarge(limits) }
        var parser = JSONParser(bytes: bytes, depthLimit: limits.depth)
        return JSONNode(tree: try parser.parseDocument(), place: 0)
    }

    /// Reads a JSON text from borrowed bytes, after the same rules; the bytes are copied once.
    public static func parse(
        _ bytes: Span<UInt8>, limits: JSONLimits = .standard
    ) throws(JSONSyntaxError) -> JSONNode {
        guard bytes.count <= limits.bytes else { throw .documentTooLarge(limits) }
        return try parse(bytes.withUnsafeBufferPointer { Array($0) }, limits: limits)
    }

    /// Reads a JSON text from a string, after the same rules.
    public static func parse(
        _ text: String, limits: JSONLimits = .standard
    ) throws(JSONSyntaxError) -> JSONNode {
        guard text.utf8.count <= limits.bytes else { throw .documentTooLarge(limits) }
        return try parse(Array(text.utf8), limits: limits)
    }
}
