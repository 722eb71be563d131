public import JSONDocument

/// An object of any type, with all its fields: what it was read with survives when it is written.
public struct DynamicObject: APIObject {
    /// All fields.
    public var content: JSONObject

    /// An object of these fields.
    public init(_ content: JSONObject) { self.content = content }

    /// An object of a type, with nothing but its metadata.
    public init(_ type: ResourceType, metadata: ObjectMeta) {
        content = ["apiVersion": .string(type.apiVersion), "kind": .string(type.kind)]
        self.metadata = metadata
    }

    /// An object of a type that is known, with the fields that it has.
    public init<Object: Resource>(_ object: Object) throws {
        let value = try JSONValueDecoder.value(of: Typed(type: Object.resourceType, object: object))
        content = value.object ?? JSONObject()
    }

    /// Reads the object as one of a type that is known; fields that the type lacks are left out.
    public func read<Object: Resource>(as type: Object.Type = Object.self) throws -> Object {
        try JSONValueDecoder.decode(type, from: .object(content))
    }

    /// `apiVersion`; nil where it is no text.
    public var apiVersion: String? { content.text("apiVersion") }
    /// `kind`; nil where it is no text.
    public var kind: String? { content.text("kind") }

    /// The known fields of `metadata`; those that are set are written without touching the others.
    ///
    /// Reading takes what has the right form: an object whose metadata are broken has empty ones.
    public var metadata: ObjectMeta {
        get { content["metadata"].flatMap { try? JSONValueDecoder.decode(ObjectMeta.self, from: $0) } ?? ObjectMeta() }
        set {
            guard case .object(let new)? = try? JSONValueDecoder.value(of: newValue) else { return }
            var metadata = JSONObject()
            if case .object(let old)? = content["metadata"] { metadata = old }
            // Known fields that are no longer set go; unknown ones stay.
            for name in ObjectMeta.fieldNames { metadata[name] = new[name] }
            content["metadata"] = .object(metadata)
        }
    }

    /// The value at a path of member names; nil where there is none. Setting makes the objects on the way.
    public subscript(path: String...) -> JSONValue? {
        get { path.reduce(JSONValue.object(content) as JSONValue?) { $0?.object?[$1] } }
        set { content = JSONValue.object(content).setting(path[...], newValue).object ?? content }
    }
}

extension DynamicObject: Hashable {
    /// Hashes the name alone: equal objects have equal names.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

extension DynamicObject: Codable {
    /// Reads an object with all its fields.
    public init(from decoder: any Decoder) throws {
        guard case .object(let content) = try AnyJSON(from: decoder).value else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "this is no object"))
        }
        self.content = content
    }

    /// Writes all its fields.
    public func encode(to encoder: any Encoder) throws { try AnyJSON(.object(content)).encode(to: encoder) }
}

extension JSONObject {
    fileprivate func text(_ key: String) -> String? {
        guard case .string(let text)? = self[key] else { return nil }
        return text
    }
}

extension JSONValue {
    /// The members, where this is an object.
    fileprivate var object: JSONObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    fileprivate func setting(_ path: ArraySlice<String>, _ value: JSONValue?) -> JSONValue {
        guard let name = path.first else { return value ?? self }
        var object = object ?? JSONObject()
        if path.count == 1 {
            object[name] = value
        } else {
            object[name] = (object[name] ?? .object([:])).setting(path.dropFirst(), value)
        }
        return .object(object)
    }
}
