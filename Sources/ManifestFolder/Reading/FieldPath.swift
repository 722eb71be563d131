/// The way to a field of an object.
struct FieldPath: Hashable {
    /// From a value to one that is in it.
    enum Step: Hashable {
        case name(String)
        case index(Int)
    }

    var steps: [Step] = []

    /// The way that a decoder has gone.
    init(_ path: [any CodingKey]) {
        steps = path.map { key in key.intValue.map { .index($0) } ?? .name(key.stringValue) }
    }

    /// Reads a path as sentences write it, such as `spec.allowedNetworks[0]`.
    init(_ text: String) {
        for part in text.split(separator: ".") {
            let pieces = part.split(separator: "[")
            if let name = pieces.first { steps.append(.name(String(name))) }
            for index in pieces.dropFirst() { steps += Int(index.dropLast()).map { [.index($0)] } ?? [] }
        }
    }
}

extension FieldPath: CustomStringConvertible {
    /// `spec.allowedNetworks[0]`.
    var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .name(let name): text += (text.isEmpty ? "" : ".") + name.prefix(120)
            }
        }
        return text
    }
}
