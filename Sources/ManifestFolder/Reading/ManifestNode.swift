import JSONDocument

/// A value of a document, with the line that it begins in.
struct ManifestNode {
    /// The line in the file, from 1.
    let line: Int
    let content: Content

    enum Content {
        case scalar(JSONValue)
        case list([ManifestNode])
        case map([Member])
    }

    /// A field of a map.
    struct Member {
        let name: String
        let line: Int
        let node: ManifestNode
    }

    /// The value without lines.
    var value: JSONValue {
        switch content {
        case .scalar(let value): return value
        case .list(let nodes): return .array(nodes.map(\.value))
        case .map(let members):
            var object = JSONObject()
            // The reader lets no name occur twice.
            for member in members { object.appendDistinct(member.name, member.node.value) }
            return .object(object)
        }
    }

    /// The fields; nil where this is no map.
    var members: [Member]? {
        guard case .map(let members) = content else { return nil }
        return members
    }

    /// The value of a field; nil without such a field.
    subscript(name: String) -> ManifestNode? { members?.first { $0.name == name }?.node }

    /// The text, where this is one.
    var text: String? {
        guard case .scalar(.string(let text)) = content else { return nil }
        return text
    }

    /// The value as people write it, cut where it is long.
    var shortText: String {
        switch content {
        case .scalar(.string(let text)): text
        case .scalar(let value): value.description
        case .list: "a list"
        case .map: "a map"
        }
    }

    /// What stands at a path, or as much of the way there as there is.
    func descendant(at path: ArraySlice<FieldPath.Step>) -> ManifestNode {
        guard let step = path.first else { return self }
        switch (step, content) {
        case (.name(let name), .map(let members)):
            guard let member = members.first(where: { $0.name == name }) else { return self }
            return member.node.descendant(at: path.dropFirst())
        case (.index(let index), .list(let nodes)):
            guard nodes.indices.contains(index) else { return self }
            return nodes[index].descendant(at: path.dropFirst())
        default: return self
        }
    }
}
