import JSONDocument
import Testing

@Suite("The grammar of RFC 8259")
struct GrammarTests {
    @Test(
        "A valid text is read as the value that it stands for",
        arguments: [
            ("null", nil), ("true", true), ("false", false), (" \t\r\n true \n", true),
            ("0", 0), ("-0", 0), ("7", 7), ("-12", -12), ("[1 ]", [1]),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", 0x1p63), ("-9223372036854775809", -0x1p63),
            ("0.0", 0.0), ("-0.0", -0.0), ("1.0", 1.0), ("1e0", 1.0), ("1E+2", 100.0), ("25e-1", 2.5), ("0e1", 0.0),
            ("123.456e78", 123.456e78), ("1e-400", 0.0), ("-1e-999999999999", 0.0),
            (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
            (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\u0000""#, "\0"), (#""\uD83D\uDE00""#, "😀"),
            (#""\udbff\udfff""#, "\u{10ffff}"), (#""\ud800\udc00""#, "\u{10000}"), (#""é€😀""#, "é€😀"),
            ("\"\u{7f}\u{80}\u{2028}\u{feff}\u{ffff}\"", "\u{7f}\u{80}\u{2028}\u{feff}\u{ffff}"),
            (#""// no comment""#, "// no comment"),
            ("[]", []), ("[ ]", []), ("[[]]", [[]]), ("[1,2]", [1, 2]), ("[\n1\n,\n2\n]", [1, 2]),
            ("[null,true,[],{}]", [nil, true, [], [:]]),
            ("{}", [:]), ("{ }", [:]), (#"{"a":1}"#, ["a": 1]), (#"{ "a" : 1 , "b" : [ ] }"#, ["a": 1, "b": []]),
            (#"{"":0}"#, ["": 0]), (#"{"a":{"a":{"a":1}}}"#, ["a": ["a": ["a": 1]]]),
            (#"{"b":1,"a":2}"#, ["b": 1, "a": 2]),
            // A composed and a decomposed é are two names.
            ("{\"\u{e9}\":1,\"e\u{301}\":2}", ["\u{e9}": 1, "e\u{301}": 2]),
        ] as [(String, JSONValue)])
    func valid(text: String, value: JSONValue) throws {
        #expect(try JSONNode.parse(text).value == value)
    }

    @Test(
        "An invalid text is refused with the reason",
        arguments: [
            ("", .expectedValue(.end)), ("  \n", .expectedValue(.end)), ("\u{feff}1", .byteOrderMark),
            ("nul", .expectedValue(.word("nul"))), ("nulls", .expectedValue(.word("nulls"))),
            ("True", .expectedValue(.word("True"))), ("NaN", .expectedValue(.word("NaN"))),
            ("abcdefghijklmnopqrstuvwxyz", .expectedValue(.word("abcdefghijklmnopqrst…"))),
            ("'a'", .expectedValue(.character("'"))), ("€", .expectedValue(.character("€"))),
            ("\0", .expectedValue(.character("\0"))), ("\u{a0}1", .expectedValue(.character("\u{a0}"))),
            ("\u{c}1", .expectedValue(.character("\u{c}"))), ("]", .expectedValue(.character("]"))),
            ("1 2", .expectedEnd(.word("2"))), ("{}}", .expectedEnd(.character("}"))),
            ("[]\0", .expectedEnd(.character("\0"))),
            ("// c\n1", .comment), ("[1 /* c */]", .comment), ("# c\n1", .comment), ("1 //", .comment),
            // Numbers.
            ("-", .expectedDigit(.end)), ("--1", .expectedDigit(.character("-"))),
            ("+1", .expectedValue(.character("+"))),
            ("01", .leadingZero), ("-01", .leadingZero), ("00", .leadingZero), ("0.", .expectedDigit(.end)),
            ("1.e1", .expectedDigit(.word("e1"))), (".5", .expectedValue(.character("."))),
            ("-.5", .expectedDigit(.character("."))), ("1e", .expectedDigit(.end)), ("1e+", .expectedDigit(.end)),
            ("1eE2", .expectedDigit(.word("E2"))), ("1.5.5", .expectedEnd(.character("."))),
            ("0x10", .expectedEnd(.word("x10"))), ("1_000", .expectedEnd(.character("_"))),
            ("-Infinity", .expectedDigit(.word("Infinity"))), ("１", .expectedValue(.character("１"))),
            ("1e400", .numberOutOfRange), ("-1e999999999999", .numberOutOfRange),
            (String(repeating: "9", count: 400), .numberOutOfRange),
            // Strings.
            (#"""#, .unterminatedString), (#""abc"#, .unterminatedString), ("\"a\nb\"", .unterminatedString),
            (#""\"#, .invalidEscape(.end)), ("\"a\tb\"", .controlCharacter(9)), ("\"\0\"", .controlCharacter(0)),
            ("\"\u{1f}\"", .controlCharacter(0x1f)), (#""\x41""#, .invalidEscape(.word("x41"))),
            (#""\'""#, .invalidEscape(.character("'"))), (#""\U0041""#, .invalidEscape(.word("U0041"))),
            ("\"\\\n\"", .invalidEscape(.character("\n"))), (#""\é""#, .invalidEscape(.character("é"))),
            (#""\u""#, .expectedHexadecimalDigit(.character("\""))), (#""\u12"#, .expectedHexadecimalDigit(.end)),
            (#""\u12g4""#, .expectedHexadecimalDigit(.word("g4"))),
            (#""\u+123""#, .expectedHexadecimalDigit(.character("+"))),
            (#""\ud800""#, .loneSurrogate(0xd800)), (#""\udc00""#, .loneSurrogate(0xdc00)),
            (#""\ud800x""#, .loneSurrogate(0xd800)), (#""\ud800\n""#, .loneSurrogate(0xd800)),
            (#""\ud800\u0041""#, .loneSurrogate(0xd800)), (#""\ud800\ud800""#, .loneSurrogate(0xd800)),
            (#""\udc00\ud800""#, .loneSurrogate(0xdc00)),
            // Arrays.
            ("[", .expectedValue(.end)), ("[1", .expectedCommaOrBracket(.end)),
            ("[,1]", .expectedValue(.character(","))),
            ("[1,]", .expectedValueAfterComma(.character("]"))), ("[1,,2]", .expectedValueAfterComma(.character(","))),
            ("[1,", .expectedValueAfterComma(.end)), ("[1 2]", .expectedCommaOrBracket(.word("2"))),
            ("[1}", .expectedCommaOrBracket(.character("}"))), (#"["a":1]"#, .expectedCommaOrBracket(.character(":"))),
            // Objects.
            ("{", .expectedNameOrBrace(.end)), ("{a:1}", .expectedNameOrBrace(.word("a"))),
            ("{'a':1}", .expectedNameOrBrace(.character("'"))), ("{1:1}", .expectedNameOrBrace(.word("1"))),
            ("{,}", .expectedNameOrBrace(.character(","))), (#"{"a"}"#, .expectedColon(.character("}"))),
            (#"{"a" 1}"#, .expectedColon(.word("1"))), (#"{"a":}"#, .expectedValue(.character("}"))),
            (#"{"a":1"#, .expectedCommaOrBrace(.end)), (#"{"a":1]"#, .expectedCommaOrBrace(.character("]"))),
            (#"{"a":1 "b":2}"#, .expectedCommaOrBrace(.character("\""))),
            (#"{"a":1,}"#, .expectedNameAfterComma(.character("}"))),
            (#"{"a":1,,"b":2}"#, .expectedNameAfterComma(.character(","))),
            (#"{"a":1,"a":2}"#, .duplicateName("a", firstLine: 1)),
            (#"{"a":1,"\u0061":1}"#, .duplicateName("a", firstLine: 1)),
        ] as [(String, JSONSyntaxError.What)])
    func invalid(text: String, what: JSONSyntaxError.What) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(text) }
        #expect(error?.what == what)
    }

    @Test(
        "Bytes that are not UTF-8 are refused at the byte that breaks the rule",
        arguments: [
            ([0x80], 0x80), ([0xff], 0xff), ([0xc0, 0xaf], 0xc0), ([0xc1, 0xbf], 0xc1), ([0xc3], 0xc3),
            ([0xc3, 0x28], 0xc3), ([0xe0, 0x80, 0xaf], 0xe0), ([0xe2, 0x82], 0xe2), ([0xe2, 0x28, 0xa1], 0xe2),
            ([0xed, 0xa0, 0x80], 0xed), ([0xed, 0xbf, 0xbf], 0xed), ([0xf0, 0x80, 0x80, 0x80], 0xf0),
            ([0xf0, 0x9f, 0x98], 0xf0), ([0xf4, 0x90, 0x80, 0x80], 0xf4), ([0xf5, 0x80, 0x80, 0x80], 0xf5),
            ([0xfe], 0xfe), ([0xef, 0xbf, 0xff], 0xef),
        ] as [([UInt8], UInt8)])
    func invalidUTF8(sequence: [UInt8], culprit: UInt8) {
        let quote = UInt8(ascii: "\"")
        for bytes in [[quote, 0x61] + sequence + [quote], sequence, [quote, 0x5c] + sequence] {
            let error = #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(bytes) }
            #expect(error?.what == .invalidUTF8(culprit))
        }
        let truncated = #expect(throws: JSONSyntaxError.self) { try JSONNode.parse([quote, 0x61] + sequence) }
        #expect(truncated?.what == .invalidUTF8(culprit))
    }

    @Test("Bytes, borrowed bytes and strings are read alike")
    func inputs() throws {
        let bytes = Array(#"{"a":[1,"é"]}"#.utf8)
        let expected: JSONValue = ["a": [1, "é"]]
        #expect(try JSONNode.parse(bytes).value == expected)
        #expect(try JSONNode.parse(bytes.span).value == expected)
    }

    @Test("A name that occurs twice is found among thousands of members")
    func duplicateInLargeObject() throws {
        let members = (0..<5000).map { "\"name \($0)\":\($0)" }
        #expect(throws: Never.self) { try JSONNode.parse("{\(members.joined(separator: ",\n"))}") }
        for first in [0, 31, 32, 33, 4999] {
            let text = "{\((members + ["\"name \(first)\":0"]).joined(separator: ",\n"))}"
            let error = #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(text) }
            #expect(error?.what == .duplicateName("name \(first)", firstLine: first + 1))
            #expect(error?.line == 5001)
        }
    }
}
