/// Lines for a terminal of so many columns.
enum TerminalLine {
    private static let escape: Character = "\u{1b}"
    private static let endOfPaint = "\u{1b}[0m"

    /// A line that takes at most so many columns: where it is longer its last column has `…`. Paint takes no column.
    static func cut(_ line: String, to columns: Int) -> String {
        guard visibleCount(of: line) > columns else { return line }
        var result = ""
        var room = max(0, columns - 1)
        var isPainted = false
        var rest = line[...]
        while let character = rest.first {
            if character == escape {
                let end = rest.firstIndex(of: "m").map(rest.index(after:)) ?? rest.endIndex
                result += rest[..<end]
                isPainted = rest[..<end] != endOfPaint
                rest = rest[end...]
            } else if room > 0 {
                result.append(character)
                room -= 1
                rest = rest.dropFirst()
            } else {
                break
            }
        }
        if isPainted { result += endOfPaint }
        return columns > 0 ? result + "…" : result
    }

    private static func visibleCount(of line: String) -> Int {
        var count = 0
        var isInPaint = false
        for character in line {
            if isInPaint {
                isInPaint = character != "m"
            } else if character == escape {
                isInPaint = true
            } else {
                count += 1
            }
        }
        return count
    }

    /// The words of a text in lines of at most so many columns; a longer word has a line of its own.
    static func wrapped(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= columns {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines.isEmpty ? [text] : lines
    }
}
