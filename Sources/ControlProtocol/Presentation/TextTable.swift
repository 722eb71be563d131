/// Columns of text under their headings, each as wide as its widest cell.
public struct TextTable {
    /// A cell, with how it is painted where colours are wanted.
    public struct Cell: ExpressibleByStringInterpolation {
        var text: String
        var paint: TextPaint?

        /// A cell with this text.
        public init(_ text: String, paint: TextPaint? = nil) {
            self.text = text
            self.paint = paint
        }

        /// A cell with this text, not painted.
        public init(stringLiteral text: String) { self.init(text) }
    }

    private var rows: [[Cell]]

    /// A table without rows.
    public init(headings: [String]) { rows = [headings.map { Cell($0, paint: .heading) }] }

    /// Adds a row.
    public mutating func add(_ cells: [Cell]) { rows.append(cells) }

    /// Blanks between two columns.
    private static let gap = 2
    /// How narrow the last column may become.
    private static let narrowest = 20

    /// The lines, headings first, without blanks at their ends.
    ///
    /// - Parameter columns: how many characters a line may have: where it would have more, the last cell goes on below itself,
    ///   unless there is hardly any room for it; nil for any number.
    public func lines(isColoured: Bool, columns: Int? = nil) -> [String] {
        let widths = (rows.first ?? []).indices.map { column in
            rows.map { column < $0.count ? $0[column].text.count : 0 }.max() ?? 0
        }
        let indentation = widths.dropLast().reduce(0) { $0 + $1 + Self.gap }
        let room = columns.map { $0 - indentation }.flatMap { $0 >= Self.narrowest ? $0 : nil }
        return rows.flatMap { row in
            func text(_ text: String, of cell: Cell) -> String {
                isColoured ? cell.paint?.painted(text) ?? text : text
            }
            var line = ""
            for (cell, width) in zip(row.dropLast(), widths) {
                line += text(cell.text, of: cell)
                line += String(repeating: " ", count: width - cell.text.count + Self.gap)
            }
            guard let last = row.last else { return [line] }
            let parts = room.map { TerminalLine.wrapped(last.text, to: $0) } ?? [last.text]
            let further = parts.dropFirst().map { String(repeating: " ", count: indentation) + text($0, of: last) }
            return [line + text(parts[0], of: last)] + further
        }
    }
}

/// How a text is painted on a terminal; what it means never depends on that alone.
public enum TextPaint: String {
    /// What stands above others.
    case heading = "1"
    /// All is well.
    case good = "32"
    /// All is well, and something else is awaited.
    case waiting = "36"
    /// Something is wrong.
    case bad = "31"
    /// Something is not as usual.
    case odd = "33"

    /// The text between the sequences of ECMA-48 that paint it.
    public func painted(_ text: String) -> String { "\u{1b}[\(rawValue)m\(text)\u{1b}[0m" }
}
