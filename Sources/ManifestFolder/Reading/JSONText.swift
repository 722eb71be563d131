import JSONDocument

/// Reads a JSON text as the one document of a file.
enum JSONText {
    static func document(in text: String, limits: ManifestLimits) throws(ManifestSyntaxError) -> ManifestNode {
        let root: JSONNode
        do {
            root = try JSONNode.parse(text, limits: JSONLimits(bytes: limits.bytes, depth: limits.depth))
        } catch {
            throw ManifestSyntaxError(document: 1, line: error.line, reason: .syntax("\(error.what)"))
        }
        var values = 0
        return try node(root, &values, limits)
    }

    private static func node(
        _ node: JSONNode, _ values: inout Int, _ limits: ManifestLimits
    ) throws(ManifestSyntaxError) -> ManifestNode {
        values += 1
        guard values <= limits.values else {
            throw ManifestSyntaxError(
                document: 1, line: node.position.line, reason: .tooManyValues(limit: limits.values))
        }
        let content: ManifestNode.Content
        switch node.content {
        case .null, .bool, .integer, .number, .string: content = .scalar(node.value)
        case .array(let elements):
            var nodes: [ManifestNode] = []
            for element in elements { nodes.append(try self.node(element, &values, limits)) }
            content = .list(nodes)
        case .object(let fields):
            var members: [ManifestNode.Member] = []
            for field in fields {
                let value = try self.node(field.node, &values, limits)
                members.append(ManifestNode.Member(name: field.name, line: field.position.line, node: value))
            }
            content = .map(members)
        }
        return ManifestNode(line: node.position.line, content: content)
    }
}
