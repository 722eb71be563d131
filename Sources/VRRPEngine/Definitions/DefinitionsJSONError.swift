public import JSONDocument

/// Why a `definitions.json` cannot be put in force; always with the place in the file.
public enum DefinitionsJSONError: Error, Sendable, Equatable {
    /// The text is not JSON.
    case syntax(JSONSyntaxError)
    /// A field is missing, unknown, or has a value that is not allowed.
    case field(JSONFieldError)
    /// Fields contradict each other, in one virtual router or between two.
    case rule(DefinitionError, position: JSONPosition)

    /// Where it is.
    public var position: JSONPosition {
        switch self {
        case .syntax(let error): error.position
        case .field(let error): error.position
        case .rule(_, let position): position
        }
    }

    /// The error as one line that begins with file, line and column, as compilers write it.
    public func sentence(inFile file: String) -> String {
        switch self {
        case .syntax(let error): error.sentence(inFile: file)
        case .field(let error): error.sentence(inFile: file)
        case .rule(let error, let position): "\(file):\(position.line):\(position.column): \(error)"
        }
    }
}

extension DefinitionsJSONError: CustomStringConvertible {
    /// `line 12, column 21: virtualRouters[3].priority is 300; allowed is a whole number from 1 to 255`.
    public var description: String {
        switch self {
        case .syntax(let error): error.description
        case .field(let error): error.description
        case .rule(let error, let position): "\(position): \(error)"
        }
    }
}
