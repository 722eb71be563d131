/// The way from a value to one within it, written as `virtualRouters[3].priority`; made only when an error needs it.
struct JSONPath {
    /// The way as text; empty where it is none.
    private(set) var description = ""

    /// The way to the value at `place` from the one at `root`.
    init(to place: Int, from root: Int, in tree: JSONTree) {
        var start = root
        while start != place {
            switch tree.entries[start].content {
            case .object:
                guard let name = tree.members(of: start).first(where: { place < tree.entries[$0 + 1].end }) else {
                    return
                }
                append(member: tree.string(at: name) ?? "")
                start = name + 1
            case .array:
                let elements = tree.elements(of: start).enumerated()
                guard let element = elements.first(where: { place < tree.entries[$0.element].end }) else { return }
                description += "[\(element.offset)]"
                start = element.element
            default: return
            }
        }
    }

    /// Goes on to a member.
    mutating func append(member name: String) {
        guard name.isPlainName else { return description += "[\(quoted(name))]" }
        description += description.isEmpty ? name : ".\(name)"
    }
}

extension String {
    /// Whether the name needs no quotes in a path.
    fileprivate var isPlainName: Bool {
        !isEmpty && utf8.count <= 60 && utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "_") }
    }
}
