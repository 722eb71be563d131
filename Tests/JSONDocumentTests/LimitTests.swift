import JSONDocument
import Testing

@Suite("Limits of what a text may ask for")
struct LimitTests {
    @Test("Nesting is read up to the limit and refused beyond it", arguments: [0, 1, 64, 128])
    func depth(limit: Int) throws {
        let limits = JSONLimits(depth: limit)
        for (opening, middle, closing) in [("[", "1", "]"), (#"{"a":"#, "1", "}"), ("[", "[]", "]")] {
            let levels = middle == "[]" ? limit - 1 : limit
            guard levels >= 0 else { continue }
            let text = { (levels: Int) in
                String(repeating: opening, count: levels) + middle + String(repeating: closing, count: levels)
            }
            #expect(try JSONNode.parse(text(levels), limits: limits).value.text() == text(levels))
            let error = #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(text(levels + 1), limits: limits) }
            #expect(error?.what == .nestedTooDeep(limit: limit))
        }
    }

    @Test("Siblings do not count as depth")
    func siblings() throws {
        let text = "[" + String(repeating: #"[{"a":[]}],"#, count: 1000) + "[]]"
        #expect(try JSONNode.parse(text, limits: JSONLimits(depth: 4)).value.text() == text)
    }

    @Test("A million open brackets end at the limit, whatever the limit was meant to be")
    func openBrackets() {
        let text = String(repeating: "[", count: 1_000_000)
        let error = #expect(throws: JSONSyntaxError.self) {
            try JSONNode.parse(text, limits: JSONLimits(depth: .max))
        }
        #expect(error?.what == .nestedTooDeep(limit: 128))
        #expect(error?.column == 129)
    }

    @Test("A text is read up to the limit of its size and refused beyond it")
    func size() throws {
        let limits = JSONLimits(bytes: 10)
        #expect(try JSONNode.parse("[1,  2,34]", limits: limits).value == [1, 2, 34])
        let bytes = Array("[1,  2,345]".utf8)
        let errors = [
            #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(bytes, limits: limits) },
            #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(bytes.span, limits: limits) },
            #expect(throws: JSONSyntaxError.self) {
                try JSONNode.parse(String(decoding: bytes, as: UTF8.self), limits: limits)
            },
        ]
        for error in errors { #expect(error?.what == .documentTooLarge(limitInBytes: 10)) }
    }

    @Test("Limits that make no sense are moved to the nearest that do")
    func clamped() {
        #expect(JSONLimits(bytes: -1, depth: -1) == JSONLimits(bytes: 0, depth: 0))
        #expect(JSONLimits(bytes: .max, depth: .max) == JSONLimits(bytes: 1 << 30, depth: 128))
        #expect(JSONLimits.standard == JSONLimits(bytes: 16_777_216, depth: 64))
    }

    @Test(
        "Time grows with the size alone, also for texts made to be slow",
        .timeLimit(.minutes(1)),
        arguments: [
            ("[", "1,", "1]"), ("[", "[],", "[]]"), ("", "9", ""), ("0.", "9", ""), ("1e", "9", ""),
            ("\"", #"\u00e9"#, "\""),
            ("{\"", "\u{301}\u{327}", "\":1}"), ("[\"", "é", "\",]"), ("[", "\n", "x"),
        ])
    func linear(prefix: String, repeated: String, suffix: String) {
        let count = 1_000_000 / repeated.utf8.count
        let text = prefix + String(repeating: repeated, count: count) + suffix
        // A reader that is not linear does not come back within the time limit.
        guard let node = try? JSONNode.parse(text) else { return }
        #expect(throws: JSONFieldError.self) { try JSONReader(node).rejectUnknownMembers(known: ["a"]) }
    }
}
