/// Rows of cells in columns that are as wide as their widest cell.
struct Table {
    /// A cell and how it stands out.
    struct Cell {
        let text: String
        var style: Screen.Style?
        var isAlignedRight = false

        init(_ text: String, _ style: Screen.Style? = nil, right isAlignedRight: Bool = false) {
            self.text = text
            self.style = style
            self.isAlignedRight = isAlignedRight
        }
    }

    private var rows: [[Cell]]

    /// A table with a heading for each column.
    init(_ headings: [Cell]) { rows = [headings.map { Cell($0.text, .aside, right: $0.isAlignedRight) }] }

    /// Adds a row with a cell for each column.
    mutating func add(_ row: [Cell]) { rows.append(row) }

    /// Writes the table, after an empty line.
    func show(on screen: Screen) {
        let widths = rows[0].indices.map { column in rows.map { $0[column].text.count }.max() ?? 0 }
        screen.line()
        for row in rows {
            let cells = zip(row, widths).map { cell, width in
                let text = cell.isAlignedRight ? cell.text.alignedRight(in: width) : cell.text.padded(to: width)
                return screen.styled(text, cell.style)
            }
            screen.line("    " + cells.joined(separator: "   "))
        }
    }
}
