import ClusterObjects

extension ManifestNode {
    /// What a decoder has found wrong with this document, and the line that it is in.
    ///
    /// - Parameter isSecret: Whether no value of the document may be told.
    func problem(of error: any Error, isSecret: Bool) -> (reason: ManifestProblem.Reason, line: Int) {
        // What another error says may be made of values.
        guard let error = error as? DecodingError else {
            return (.syntax(isSecret ? Self.noSuchObject : "\(error)"), line)
        }
        switch error {
        case .keyNotFound(let key, let context):
            let path = FieldPath(context.codingPath + [key])
            return (.missing(field: path.description), descendant(at: path.steps[...]).line)
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            return wrong(FieldPath(context.codingPath), allowed: Self.words(for: type), isSecret)
        case .dataCorrupted(let context):
            return wrong(FieldPath(context.codingPath), allowed: Self.words(forCorrupted: context), isSecret)
        @unknown default: return (.syntax(Self.noSuchObject), line)
        }
    }

    private static let noSuchObject = "this is no such object"

    private func wrong(
        _ path: FieldPath, allowed: String, _ isSecret: Bool
    ) -> (reason: ManifestProblem.Reason, line: Int) {
        let node = descendant(at: path.steps[...])
        let field = path.steps.isEmpty ? "the object" : path.description
        guard !isSecret else { return (.secretField(field, allowed: allowed), node.line) }
        return (.field(FieldProblem(field, node.shortText, allowed: allowed)), node.line)
    }

    private static func words(for type: Any.Type) -> String {
        switch type {
        case is String.Type: "a text; what YAML takes for something else goes between quotes"
        case is Bool.Type: "true or false"
        case is any FixedWidthInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        default: String(describing: type).hasPrefix("Array<") ? "a list" : "a map"
        }
    }

    private static func words(forCorrupted context: DecodingError.Context) -> String {
        let words = context.debugDescription
        if words.contains("no time") { return "a time of the form 2026-01-31T09:30:00Z" }
        return words.contains("Base64") ? "a text in Base64" : "a whole number in the range of the field"
    }
}
