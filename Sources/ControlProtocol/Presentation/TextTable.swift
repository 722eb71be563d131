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
    /// How narrow the last column may become before its cells stand below their rows, and how far these are indented then.
    private static let narrowest = 20
    private static let indentationBelow = 4

    /// The lines, headings first, without blanks at their ends.
    ///
    /// - Parameter columns: how many characters a line may have: where it would have more, the last cell goes on below itself,
    ///   or stands below its row where there is hardly any room for it; nil for any number.
    public func lines(isColoured: Bool, columns: Int? = nil) -> [String] {
        let widths = (rows.first ?? []).indices.map { column in
            rows.map { column < $0.count ? $0[column].text.count : 0 }.max() ?? 0
        }
        let widthBefore = widths.dropLast().reduce(0) { $0 + $1 + Self.gap }
        let isBelow = columns.map { $0 - widthBefore < Self.narrowest } ?? false
        let indentation = isBelow ? Self.indentationBelow : widthBefore
        return rows.flatMap { row in
            func text(_ text: String, of cell: Cell) -> String {
                isColoured ? cell.paint?.painted(text) ?? text : text
            }
            var line = ""
            var padding = 0
            for (cell, width) in zip(row.dropLast(), widths) {
                line += String(repeating: " ", count: padding) + text(cell.text, of: cell)
                padding = width - cell.text.count + Self.gap
            }
            guard let last = row.last else { return [line] }
            let parts = columns.map { TerminalLine.wrapped(last.text, to: $0 - indentation) } ?? [last.text]
            let own = parts.map { text($0, of: last) }
            let (beside, below) = isBelow ? (nil, own[...]) : (own.first, own.dropFirst())
            return [line + (beside.map { String(repeating: " ", count: padding) + $0 } ?? "")]
                + below.map { String(repeating: " ", count: indentation) + $0 }
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
