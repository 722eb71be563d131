import JSONDocument
import Testing

@Suite("Sentences of syntax errors")
struct SyntaxErrorSentenceTests {
    @Test(
        "A syntax error says where it is, what was expected and what was found",
        arguments: [
            ("[1,]", #"line 1, column 4: expected another value after the comma, found "]""#),
            ("[1\n2]", #"line 2, column 1: expected a comma or "]" after the value, found "2""#),
            (#"{"a" = 1}"#, #"line 1, column 6: expected a colon after the member's name, found "=""#),
            (#"{"a":1 "b":2}"#, #"line 1, column 8: expected a comma or "}" after the value, found a double quote"#),
            ("{", #"line 1, column 2: expected a member's name in double quotes or "}", found the end of the text"#),
            (
                #"{"a":1,}"#,
                #"line 1, column 8: expected another member's name in double quotes after the comma, found "}""#
            ),
            ("True", #"line 1, column 1: expected a value, found "True""#),
            ("\u{1b}[0m", "line 1, column 1: expected a value, found U+001B"),
            ("1 1", #"line 1, column 3: expected nothing more after the document's value, found "1""#),
            ("//", "line 1, column 1: JSON has no comments"),
            ("{\"a\":1,\n\"a\":1}", #"line 2, column 1: the member "a" stands on line 1 already"#),
            ("-x", #"line 1, column 2: expected a digit of a number, found "x""#),
            ("012", "line 1, column 1: a number does not begin with a zero that more digits follow"),
            ("1e999", "line 1, column 1: the number is too large for 64-bit floating point"),
            ("[\"a", "line 1, column 2: the string that begins here has no closing quote on its line"),
            ("\"\t\"", "line 1, column 2: expected the control character U+0009 as an escape"),
            (#""\q""#, #"line 1, column 3: expected one of " \ / b f n r t u after the backslash, found "q""#),
            (#""\uz""#, #"line 1, column 4: expected four hexadecimal digits after \u, found "z""#),
            (#""\udead""#, #"line 1, column 3: expected a pair of surrogates, found \uDEAD alone"#),
            ("\u{feff}", "line 1, column 1: expected UTF-8 without a byte order mark"),
        ])
    func sentence(text: String, sentence: String) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(text) }
        #expect(error?.description == sentence)
    }

    @Test("Limits and broken UTF-8 have their sentences too")
    func otherSentences() {
        #expect(
            JSONSyntaxError.What.documentTooLarge(limitInBytes: 10).description
                == "the text is longer than the limit of 10 bytes")
        #expect(
            JSONSyntaxError.What.nestedTooDeep(limit: 64).description
                == "arrays and objects are nested deeper than the limit of 64 levels")
        #expect(JSONSyntaxError.What.invalidUTF8(0xff).description == "the byte 0xFF is not valid UTF-8 here")
    }

    @Test("With a file's name, an error is a line that editors can follow")
    func file() {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONNode.parse("[1,\n  2,\n]") }
        #expect(
            error?.sentence(inFile: "/etc/vrrp/definitions.json")
                == #"/etc/vrrp/definitions.json:3:1: expected another value after the comma, found "]""#)
    }
}
