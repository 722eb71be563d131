/// The way from a document's root to a value, written as `virtualRouters[3].priority`.
///
/// Going a step further costs one small allocation; the text is made only when an error needs it.
indirect enum JSONPath: Sendable {
    case root
    case member(JSONPath, name: String)
    case element(JSONPath, index: Int)
}

extension JSONPath: CustomStringConvertible {
    var description: String {
        switch self {
        case .root: ""
        case .member(.root, let name) where name.isPlainName: name
        case .member(let parent, let name): name.isPlainName ? "\(parent).\(name)" : "\(parent)[\(quoted(name))]"
        case .element(let parent, let index): "\(parent)[\(index)]"
        }
    }
}

extension String {
    /// Whether the name needs no quotes in a path.
    fileprivate var isPlainName: Bool {
        !isEmpty && utf8.count <= 60 && utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "_") }
    }
}
