import JSONDocument
import Testing

@Suite("Writing")
struct WritingTests {
    @Test(
        "A value is written without white space",
        arguments: [
            (nil, "null"), (true, "true"), (false, "false"), (0, "0"), (-7, "-7"),
            (.integer(.min), "-9223372036854775808"), ("", #""""#), ([], "[]"), ([:], "{}"),
            ([1, "a", nil, [2.5]], #"[1,"a",null,[2.5]]"#), (["b": 1, "a": ["c": []]], #"{"b":1,"a":{"c":[]}}"#),
            (["a\"b": 1], #"{"a\"b":1}"#),
        ] as [(JSONValue, String)])
    func compact(value: JSONValue, text: String) {
        #expect(value.text() == text)
        #expect(value.description == text)
    }

    @Test(
        "A number is written as short as it reads back, without an exponent where it is whole",
        arguments: [
            (0.0, "0.0"), (-0.0, "-0.0"), (1.0, "1.0"), (-100.0, "-100.0"), (0.1, "0.1"), (2.5, "2.5"),
            (1e15, "1000000000000000.0"), (1e17, "100000000000000000.0"), (0x1p62, "4611686018427387904.0"),
            (1e21, "1e+21"), (1e-7, "1e-07"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
            (.nan, "null"), (.infinity, "null"), (-.infinity, "null"),
        ])
    func numbers(number: Double, text: String) {
        #expect(JSONValue.number(number).text() == text)
    }

    @Test(
        "Strings are escaped where RFC 8259 asks for it and nowhere else",
        arguments: [
            ("\"\\/", #""\"\\/""#), ("\u{8}\u{9}\n\u{c}\r", #""\b\t\n\f\r""#),
            ("\0\u{1}\u{f}\u{10}\u{1b}\u{1f}", #""\u0000\u0001\u000f\u0010\u001b\u001f""#),
            ("\u{7f}é€😀\u{2028}", "\"\u{7f}é€😀\u{2028}\""),
        ])
    func escapes(string: String, text: String) {
        #expect(JSONValue.string(string).text() == text)
    }

    @Test("What has to be escaped is found wherever it stands, and among whatever")
    func escapesEverywhere() throws {
        let characters = (0..<0x80).map { Character(Unicode.Scalar(UInt8($0))) } + ["\u{80}", "é", "\u{7ff}", "€", "😀"]
        for around in ["x", "\u{7f}", "#", "ä"] {
            for (length, place) in (1...17).flatMap({ length in (0..<length).map { (length, $0) } }) {
                for character in characters {
                    let text =
                        String(repeating: around, count: place) + String(character)
                        + String(repeating: around, count: length - 1 - place)
                    let written = JSONValue.string(text).text()
                    let isPlain = character >= " " && character != "\"" && character != "\\"
                    let isAsItIs = written == "\"\(text)\""
                    let isSame = try JSONNode.parse(written).value == .string(text)
                    guard isAsItIs != isPlain || !isSame else { continue }
                    Issue.record("\(text.debugDescription) is written as \(written)")
                }
            }
        }
    }

    @Test("Members that are null can be left out, at every depth; elements stay")
    func withoutNulls() {
        let value: JSONValue = ["a": nil, "b": ["c": nil], "d": [nil, ["e": nil, "f": 1]], "g": nil]
        var bytes: [UInt8] = []
        value.write(into: &bytes, nulls: false)
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"b":{},"d":[null,{"f":1}]}"#)
    }

    @Test("Pretty text has one member or element a line")
    func pretty() {
        let value: JSONValue = ["version": 1, "empty": [:], "none": [], "routers": [["name": "a"], ["name": "b"]]]
        #expect(
            value.text(pretty: true) == """
                {
                  "version": 1,
                  "empty": {},
                  "none": [],
                  "routers": [
                    {
                      "name": "a"
                    },
                    {
                      "name": "b"
                    }
                  ]
                }
                """)
    }

    @Test("Text is appended to what the buffer holds already")
    func append() {
        var bytes = Array("x = ".utf8)
        JSONValue.array([1, 2]).write(into: &bytes)
        JSONValue.bool(true).write(into: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "x = [1,2]true")
    }
}
