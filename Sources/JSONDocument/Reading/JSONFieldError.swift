/// A value that is JSON, but not what its reader allows.
public struct JSONFieldError: Error, Sendable, Equatable {
    /// What is wrong with the value.
    public enum What: Sendable, Equatable {
        /// The value is of the wrong kind or out of range.
        case notAllowed(found: String, allowed: String)
        /// A required member is not there; the place is that of the object.
        case missing
        /// The member is none that the reader knows.
        case unknown(nearest: String?, known: [String])
        /// Something else, in words that follow the value: "is not an IPv4 address".
        case invalid(found: String, reason: String)
    }

    /// Where the value stands; where a member is missing, its object; where a member is unknown, its name.
    public let position: JSONPosition

    /// The way from the root to the value, as in `virtualRouters[3].priority`; empty for the root itself.
    public let path: String

    /// What is wrong.
    public let what: What

    /// The line, from 1.
    public var line: Int { position.line }

    /// The column, from 1, in code points.
    public var column: Int { position.column }

    /// The error as one line that begins with file, line and column, as compilers write it.
    public func sentence(inFile file: String) -> String { "\(file):\(line):\(column): \(subject) \(what)" }

    private var subject: String { path.isEmpty ? "the document" : path }
}

extension JSONFieldError: CustomStringConvertible {
    /// `line 12, column 21: virtualRouters[3].priority is 300; allowed is a whole number from 1 to 255`.
    public var description: String { "\(position): \(subject) \(what)" }
}

extension JSONFieldError.What: CustomStringConvertible {
    /// The rest of a sentence that begins with the path.
    public var description: String {
        switch self {
        case .notAllowed(let found, let allowed): "is \(found); allowed is \(allowed)"
        case .missing: "is missing"
        case .unknown(let nearest?, _): "is not a known member; did you mean \"\(nearest)\"?"
        case .unknown(nil, let known) where known.isEmpty: "is not a known member; none is allowed here"
        case .unknown(nil, let known): "is not a known member; known are \(known.joined(separator: ", "))"
        case .invalid(let found, let reason): "is \(found), which \(reason)"
        }
    }
}
