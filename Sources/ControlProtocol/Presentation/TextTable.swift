/// Columns of text under their headings, each as wide as its widest cell.
struct TextTable {
    /// A cell, with how it is painted where colours are wanted.
    struct Cell: ExpressibleByStringInterpolation {
        var text: String
        var paint: TextPaint?

        init(_ text: String, paint: TextPaint? = nil) {
            self.text = text
            self.paint = paint
        }

        init(stringLiteral text: String) { self.init(text) }
    }

    private var rows: [[Cell]]

    init(headings: [String]) { rows = [headings.map { Cell($0, paint: .heading) }] }

    mutating func add(_ cells: [Cell]) { rows.append(cells) }

    /// The lines, headings first, without blanks at their ends.
    func lines(isColoured: Bool) -> [String] {
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
enum TextPaint: String {
    case heading = "1"
    case good = "32"
    case waiting = "36"
    case bad = "31"
    case odd = "33"

    /// The text between the sequences of ECMA-48 that paint it.
    func painted(_ text: String) -> String { "\u{1b}[\(rawValue)m\(text)\u{1b}[0m" }
}
