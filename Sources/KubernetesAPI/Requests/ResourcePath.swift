/// The path of a collection, or of an object in it, on an API server.
public struct ResourcePath: Hashable, Sendable, CustomStringConvertible {
    /// The path, ready for a URL.
    public let description: String

    /// The path of a collection.
    public init<Object>(_ collection: ResourceCollection<Object>) throws(ClientError) {
        self = try Self.root(collection.type).adding(
            collection.namespace.map { ["namespaces", $0] } ?? []
        ).adding([collection.type.plural])
    }

    /// The path of an object, or of a part of it.
    ///
    /// An object of a type with namespaces has a path in its namespace alone, so the collection must name one.
    public init<Object>(_ name: String, in collection: ResourceCollection<Object>, subresource: String? = nil)
        throws(ClientError)
    {
        guard !collection.type.isNamespaced || collection.namespace != nil else {
            throw .invalidRequest("\(collection.type) \"\(name.prefix(80))\" was asked for without its namespace")
        }
        self = try Self(collection).adding([name] + (subresource.map { [$0] } ?? []))
    }

    /// The path of the list of types that a group serves.
    public init(typesOf type: ResourceType) throws(ClientError) { self = try Self.root(type) }

    private init(text: String) { description = text }

    private static func root(_ type: ResourceType) throws(ClientError) -> Self {
        try Self(text: "").adding(type.group.isEmpty ? ["api", type.version] : ["apis", type.group, type.version])
    }

    /// Appends segments; what could lead out of its place in the path is refused.
    private func adding(_ segments: [String]) throws(ClientError) -> Self {
        var text = description
        for segment in segments {
            guard !segment.isEmpty, segment != ".", segment != "..", segment.utf8.count <= 253,
                segment.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "/") })
            else { throw .invalidRequest("\"\(segment.prefix(80))\" cannot be the name of an object") }
            text += "/" + percentEncoded(segment)
        }
        return Self(text: text)
    }
}

/// The text with all but the unreserved characters of RFC 3986, section 2.3 encoded.
func percentEncoded(_ text: String) -> String {
    var encoded: [UInt8] = []
    encoded.reserveCapacity(text.utf8.count)
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            encoded.append(byte)
        default:
            encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: encoded, as: UTF8.self)
}
