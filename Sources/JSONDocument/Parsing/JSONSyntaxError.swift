/// The first place at which a text is not JSON, and why.
public struct JSONSyntaxError: Error, Sendable, Equatable {
    /// Where it is.
    public let position: JSONPosition

    /// What is wrong there.
    public let what: What

    /// The line, from 1.
    public var line: Int { position.line }

    /// The column, from 1, in code points.
    public var column: Int { position.column }

    /// The error as one line that begins with file, line and column, as compilers write it.
    public func sentence(inFile file: String) -> String { "\(file):\(line):\(column): \(what)" }

    static func documentTooLarge(_ limits: JSONLimits) -> JSONSyntaxError {
        JSONSyntaxError(position: JSONPosition(line: 1, column: 1), what: .documentTooLarge(limitInBytes: limits.bytes))
    }
}

extension JSONSyntaxError: CustomStringConvertible {
    /// `line 3, column 14: expected a colon after the member's name, found "="`.
    public var description: String { "\(position): \(what)" }
}
