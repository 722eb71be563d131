import JSONDocument
import Testing

@Suite("Names that come again and again in a long text")
struct KnownNameTests {
    /// So much white space makes a text a long one, and changes nothing else of it.
    private static let padding = String(repeating: " ", count: 8192)

    private enum Reading: Equatable {
        case value(JSONValue)
        case error(JSONSyntaxError)
    }

    private func read(_ text: String) -> Reading {
        do throws(JSONSyntaxError) { return .value(try JSONNode.parse(text).value) } catch { return .error(error) }
    }

    @Test(
        "It is read as a short one is, with the same errors at the same places",
        arguments: [
            #"[{"a":1,"b":2},{"b":3,"a":4}]"#, #"{"a":{"a":{"a":1}}}"#, #"{"":1,"a":{"":2}}"#,
            #"[{"a":1},{"a":1,"a":2}]"#, #"{"a":{"a":1},"a":2}"#, #"{"a":[{"a":1},{"a":2}],"b":{"a":3},"a":4}"#,
            #"{"a":{"b":1,"c":{"b":2}},"b":{"c":3,"c":4}}"#, #"[{"a":1},{"\u0061":1,"a":2}]"#,
            #"[{"\u0061":1},{"a":1,"\u0061":2}]"#, #"[{"\u0061":1},{"a":1},{"a":2,"b":3}]"#,
            #"[{"é":1},{"é":1,"é":2}]"#, #"[{"é":1},{"é":1}x]"#, #"[{"a":1},{"a" 1}]"#, #"[{"a":1},{"a"#,
            #"[{"a":1},{"a\"":1,"a":2}]"#, "[{\"a\":1},{\"a\n\":1}]",
        ])
    func same(text: String) {
        #expect(read(text) == read(text + Self.padding))
    }

    @Test("Names of any length and number keep apart, and one that comes twice is found")
    func many() throws {
        let names = (0..<3000).map { "name \($0)" } + (1..<80).map { String(repeating: "x", count: $0) }
        let object = "{\(names.map { "\"\($0)\":1" }.joined(separator: ","))}"
        let value = try JSONNode.parse("[\(object),{\"nested\":\(object)},\(object)]").value
        guard case .array(let objects) = value, case .object(let first) = objects[0] else {
            Issue.record("it is no list of objects")
            return
        }
        #expect(first.map(\.key) == names && objects[2] == objects[0])
        for name in names.enumerated().filter({ $0.offset.isMultiple(of: 97) || $0.offset > 3040 }).map(\.element) {
            let text = "[\(object),\(object.dropLast()),\"\(name)\":2}]"
            let error = #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(text) }
            #expect(error?.what == .duplicateName(name, firstLine: 1))
        }
    }
}
