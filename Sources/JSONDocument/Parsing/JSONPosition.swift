/// A place in a JSON text.
public struct JSONPosition: Sendable, Hashable {
    // A node carries its position, so half the width halves the memory of large documents. The size limit keeps both
    // numbers far below 2³².
    private let storedLine: UInt32
    private let storedColumn: UInt32

    /// The line, from 1; a line ends with a line feed.
    public var line: Int { Int(storedLine) }

    /// The column, from 1, in code points.
    public var column: Int { Int(storedColumn) }

    /// The place at `line` and `column`, both from 1.
    public init(line: Int, column: Int) {
        storedLine = UInt32(clamping: line)
        storedColumn = UInt32(clamping: column)
    }
}

extension JSONPosition: CustomStringConvertible {
    /// `line 3, column 14`.
    public var description: String { "line \(line), column \(column)" }
}
