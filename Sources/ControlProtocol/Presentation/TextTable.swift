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

    /// The lines, headings first, without blanks at their ends.
    public func lines(isColoured: Bool) -> [String] {
        let widths = (rows.first ?? []).indices.map { column in
            rows.map { column < $0.count ? $0[column].text.count : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += isColoured ? cell.paint?.painted(cell.text) ?? cell.text : cell.text
                if column < row.count - 1 {
                    line += String(repeating: " ", count: widths[column] - cell.text.count + 2)
                }
            }
            return line
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
