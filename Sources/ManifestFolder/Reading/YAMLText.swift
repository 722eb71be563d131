import JSONDocument
import Yams

/// Why a text is no list of documents.
struct ManifestSyntaxError: Error {
    /// The number of the document that it is in, from 1; nil where it concerns the whole file.
    var document: Int?
    /// The line in the file, from 1; nil where it is not known.
    var line: Int?
    var reason: ManifestProblem.Reason
}

/// Reads the documents of a YAML text; plain scalars mean what they mean to `kubectl`.
struct YAMLText {
    private let limits: ManifestLimits
    private var document = 1
    private var values = 0

    /// The documents of a text, those that hold nothing left out, each with its number.
    static func documents(
        in text: String, limits: ManifestLimits
    ) throws(ManifestSyntaxError) -> [(number: Int, root: ManifestNode)] {
        var reading = YAMLText(limits: limits)
        return try reading.documents(in: text)
    }

    private init(limits: ManifestLimits) { self.limits = limits }

    private mutating func documents(
        in text: String
    ) throws(ManifestSyntaxError) -> [(number: Int, root: ManifestNode)] {
        guard !AliasScan(text.utf8).mayHaveAliasAsName else { throw error(.aliasAsName) }
        var documents: [(number: Int, root: ManifestNode)] = []
        // Without rules a scalar is a text, and no regular expression is run for each; what plain ones mean is read below.
        var parser: Parser?
        while let root = try next(&parser, text) {
            guard document <= limits.documents else { throw error(.tooManyDocuments(limit: limits.documents)) }
            let node = try node(root, depth: 0)
            if case .scalar(.null) = node.content {} else { documents.append((document, node)) }
            document += 1
        }
        return documents
    }

    private func next(_ parser: inout Parser?, _ text: String) throws(ManifestSyntaxError) -> Yams.Node? {
        do {
            let current = try parser ?? Parser(yaml: text, resolver: .basic, encoding: .utf8)
            parser = current
            return try current.nextRoot()
        } catch {
            throw syntaxError(error)
        }
    }

    private func error(_ reason: ManifestProblem.Reason, at mark: Mark? = nil) -> ManifestSyntaxError {
        ManifestSyntaxError(document: mark == nil ? nil : document, line: mark?.line, reason: reason)
    }

    private func syntaxError(_ error: any Error) -> ManifestSyntaxError {
        let (mark, words): (Mark?, String) =
            switch error {
            case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
                YamlError.composer(_, let problem, let mark, _):
                (mark, problem)
            case YamlError.reader(let problem, _, _, _): (nil, problem)
            case YamlError.duplicatedKeysInMapping(let names, let context):
                (context.mark, "the field \"\(names.first.map { String($0.prefix(80)) } ?? "")\" is there twice")
            default: (nil, "the YAML parser gave up")
            }
        return ManifestSyntaxError(document: document, line: mark?.line, reason: .syntax(words))
    }

    private mutating func node(_ node: Yams.Node, depth: Int) throws(ManifestSyntaxError) -> ManifestNode {
        values += 1
        guard values <= limits.values else { throw error(.tooManyValues(limit: limits.values), at: node.mark) }
        guard depth <= limits.depth else { throw error(.tooDeep(limit: limits.depth), at: node.mark) }
        let line = node.mark?.line ?? 1
        switch node {
        case .scalar(let scalar): return ManifestNode(line: line, content: .scalar(YAMLScalar.value(of: scalar)))
        case .sequence(let sequence):
            var nodes: [ManifestNode] = []
            for element in sequence { nodes.append(try self.node(element, depth: depth + 1)) }
            return ManifestNode(line: line, content: .list(nodes))
        case .mapping(let mapping):
            return ManifestNode(line: line, content: .map(try members(of: mapping, depth: depth)))
        case .alias: throw error(.aliasAsName, at: node.mark)
        }
    }

    private mutating func members(
        of mapping: Yams.Node.Mapping, depth: Int
    ) throws(ManifestSyntaxError) -> [ManifestNode.Member] {
        var members: [ManifestNode.Member] = []
        var inherited: [ManifestNode.Member] = []
        for (key, value) in mapping {
            guard let name = key.scalar else {
                throw error(.syntax("the name of a field is a list or a map"), at: key.mark)
            }
            let node = try node(value, depth: depth + 1)
            if name.string == "<<", name.style == .plain {
                inherited += try merged(node)
            } else {
                let line = key.mark?.line ?? node.line
                members.append(ManifestNode.Member(name: name.string, line: line, node: node))
            }
        }
        var names = Set(members.map(\.name))
        for member in inherited where names.insert(member.name).inserted { members.append(member) }
        return members
    }

    /// The fields that a merge key stands for: those of a map, or of several, the first before the others.
    private func merged(_ node: ManifestNode) throws(ManifestSyntaxError) -> [ManifestNode.Member] {
        switch node.content {
        case .map(let members): return members
        case .list(let nodes) where nodes.allSatisfy { $0.members != nil }: return nodes.flatMap { $0.members ?? [] }
        case .list, .scalar:
            throw ManifestSyntaxError(
                document: document, line: node.line, reason: .syntax("the value of << is neither a map nor maps"))
        }
    }
}
