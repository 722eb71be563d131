/// The way from a document's root to a value, written as `virtualRouters[3].priority`.
///
/// Going a step further costs one small allocation; the text is made only when an error needs it.
indirect enum JSONPath: Sendable {
    case root
    case member(JSONPath, name: String)
    case element(JSONPath, index: Int)

    /// What a value is called in the array or the object that it is in.
    enum Step: Sendable {
        case member(String)
        case element(Int)
    }

    /// The way to what stands a step further than `parent`.
    init(_ parent: JSONPath, _ step: Step) {
        self =
            switch step {
            case .member(let name): .member(parent, name: name)
            case .element(let index): .element(parent, index: index)
            }
    }
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
