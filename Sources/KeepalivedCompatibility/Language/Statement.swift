/// A keyword with its values and, where it has one, its block.
///
/// In a block that lists things, an entry is a statement as well: its first word stands as the keyword.
struct Statement: Sendable {
    /// The first word.
    var keyword: String
    /// The words behind it.
    var values: [String]
    /// What stands between its braces; nil where it has none.
    var block: [Statement]?
    /// The line of the keyword.
    var place: SourcePlace
    /// The words as they are written, for keywords that take quotes in another way than the language as a whole.
    var text: Substring

    init(_ words: [String], _ text: Substring, at place: SourcePlace) {
        self.text = text
        keyword = words.first ?? ""
        values = Array(words.dropFirst())
        self.place = place
    }

    /// All words in order, the keyword first.
    var words: [String] { [keyword] + values }
}
