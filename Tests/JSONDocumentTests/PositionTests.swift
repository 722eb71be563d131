import JSONDocument
import Testing

@Suite("Places in a text")
struct PositionTests {
    @Test(
        "An error stands where a person would look for it",
        arguments: [
            ("x", 1, 1), ("  x", 1, 3), ("\n\n x", 3, 2), ("\r\n x", 2, 2), ("[1,\n 2,\n]", 3, 1), ("[1,\n2", 2, 2),
            ("{\n  \"a\": 1,\n  \"b\": 01\n}", 3, 8), ("{\"a\":1,\n \"a\":2}", 2, 2), ("[1.5e]", 1, 6),
            // The beginning of the string whose end is missing.
            ("[1, \"abc\n]", 1, 5), ("[1,\n  \"abc", 2, 3),
            // Columns are code points, not bytes.
            ("[\"é€😀\", x]", 1, 9), ("[\"é\",\n\"€\", x]", 2, 6), ("[\"\u{65}\u{301}\" x", 1, 7),
            ("[\"ab\\q\"]", 1, 6), ("[\"é\\u00g0\"]", 1, 8), ("[\"é\\ud800\"]", 1, 5), ("[\"é\t\"]", 1, 4),
            ("\u{feff}1", 1, 1), ("[1, // why", 1, 5),
        ])
    func errors(text: String, line: Int, column: Int) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(text) }
        #expect(error?.position == JSONPosition(line: line, column: column))
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test("Every node and every name knows where it begins")
    func nodes() throws {
        let node = try JSONNode.parse(
            """
            {
              "é": [true,
                    "x"],
              "b" : {"c": -1.5}
            }
            """)
        #expect(node.position == JSONPosition(line: 1, column: 1))
        guard case .object(let members) = node.content, members.count == 2,
            case .array(let elements) = members[0].node.content,
            case .object(let inner) = members[1].node.content
        else {
            Issue.record("the document has another shape")
            return
        }
        #expect(members.map(\.position) == [.init(line: 2, column: 3), .init(line: 4, column: 3)])
        #expect(members.map(\.node.position) == [.init(line: 2, column: 8), .init(line: 4, column: 9)])
        #expect(elements.map(\.position) == [.init(line: 2, column: 9), .init(line: 3, column: 9)])
        #expect(inner.map(\.node.position) == [.init(line: 4, column: 15)])
    }
}
