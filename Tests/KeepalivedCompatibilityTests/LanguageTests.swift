import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("The language")
struct LanguageTests {
    /// The statements of a text in a short form: `keyword value { nested; nested }`.
    private func parse(_ text: String) -> (shape: String, problems: [Diagnostic.Problem]) {
        var log = DiagnosticLog()
        var lines: [SourceLine] = []
        LineSplitter.forEachLine(of: Array(text.utf8), file: "k.conf", log: &log) { line, _ in lines.append(line) }
        let statements = BlockParser.statements(of: lines, &log)
        return (shape(statements), log.diagnostics.map(\.problem))
    }

    private func shape(_ statements: [Statement]) -> String {
        statements.map { statement in
            let words = statement.words.map { $0.contains(" ") || $0.isEmpty ? "'\($0)'" : $0 }.joined(separator: " ")
            return statement.block.map { "\(words) {\(shape($0))}" } ?? words
        }.joined(separator: "; ")
    }

    @Test(
        "Words, quotes and comments are told apart",
        arguments: [
            ("a b\tc", "a b c"),
            ("  a  \n\n b ", "a; b"),
            ("a b # c\n! d\ne!f", "a b; e"),
            ("a \"b c\" d", "a 'b c' d"),
            ("a \"b # c ! d\"", "a 'b # c ! d'"),
            ("a \"{ b }\"", "a '{ b }'"),
            ("a \"\"", "a ''"),
            ("a b\"c d\"e", "a b 'c d' e"),
            ("a 'b", "a 'b"),
            ("a \\# b \\! c", "a # b ! c"),
            ("a b\\ c", "a b\\ c"),
            ("a \\n", "a \\n"),
            ("a b\r\nc\r\n", "a b; c"),
            ("a \"é\u{301}\" ü", "a é\u{301} ü"),
            ("", ""),
            ("# only\n! comments", ""),
        ])
    func words(_ text: String, _ expected: String) {
        let result = parse(text)
        #expect(result.shape == expected)
        #expect(result.problems == [])
    }

    @Test(
        "Braces may stand anywhere",
        arguments: [
            ("a x { b 1 }", "a x {b 1}"),
            ("a x {\nb 1\n}", "a x {b 1}"),
            ("a x\n{\nb 1\n}", "a x {b 1}"),
            ("a x\n\n# c\n\n{ b 1 }", "a x {b 1}"),
            ("a { b { c } d } e", "a {b {c}; d}; e"),
            ("a{b{c}}", "a {b {c}}"),
            ("a {}", "a {}"),
            ("a { b\nc } d { e }", "a {b; c}; d {e}"),
            ("a { b } c 1\nd", "a {b}; c 1; d"),
            ("a \"x y\"{b}", "a 'x y' {b}"),
        ])
    func braces(_ text: String, _ expected: String) {
        let result = parse(text)
        #expect(result.shape == expected)
        #expect(result.problems == [])
    }

    @Test(
        "Text that does not fit the language is reported and the rest is read",
        arguments: [
            ("a }\nb", "a; b", Diagnostic.SyntaxProblem.strayClosingBrace),
            ("{ a }\nb", "b", .strayOpeningBrace),
            ("a { b } { c }\nd", "a {b}; d", .strayOpeningBrace),
            ("a {\nb", "a {b}", .unclosedBlock),
            ("a \"b\nc", "c", .unmatchedQuote),
            ("a \0\nb", "b", .zeroOctet),
            ("\0\nb", "b", .zeroOctet),
            ("a " + String(repeating: "x", count: 1023) + "\nb", "b", .lineTooLong(limit: 1024)),
        ])
    func malformed(_ text: String, _ expected: String, _ problem: Diagnostic.SyntaxProblem) {
        let result = parse(text)
        #expect(result.shape == expected)
        #expect(result.problems == [.syntax(problem)])
    }

    @Test("A line of 1,024 octets is read, and a comment may be longer")
    func longLines() {
        let word = String(repeating: "x", count: 1022)
        #expect(parse("a \(word)").shape == "a \(word)")
        #expect(parse("a # \(word)\(word)").problems == [])
    }

    @Test("A line that is not UTF-8 is reported, and a comment need not be")
    func encoding() throws {
        var source = MemorySource([:])
        source.files["k.conf"] = ConfigurationFile(
            octets: Array("# caf".utf8) + [0xe9] + Array("\nnice \"".utf8) + [0xe9, 0x22])
        let configuration = try KeepalivedConfiguration.load(path: "k.conf", source: source, configurationID: "")
        #expect(configuration.diagnostics.map(\.description) == ["k.conf:2: the line is not UTF-8 text"])
    }

    @Test("Blocks nested beyond the limit are skipped and reported once")
    func depth() {
        let text = String(repeating: "a {\n", count: 100_000) + String(repeating: "}\n", count: 100_000) + "b {\n}"
        let result = parse(text)
        #expect(result.problems == [.syntax(.nestedTooDeep(limit: 16))])
        #expect(result.shape.hasSuffix("; b {}"))
    }

    @Test("A condition keeps or drops the rest of its line, whatever that is")
    func conditions() throws {
        let text = """
            @left vrrp_instance L {
            @^left vrrp_instance R {
              @left priority 200
            \t@^left\tpriority 50
            interface eth0
            virtual_router_id 1
            virtual_ipaddress { 192.0.2.1 }
            @left }
            @^left nopreempt }
            @le vrrp_instance X { }
            """
        let left = try load(text, id: "left")
        #expect(left.diagnostics == [])
        #expect(left.definitions.virtualRouters.map(\.name) == ["L"])
        #expect(left.definitions.virtualRouters.first?.priority.rawValue == 200)
        let right = try load(text, id: "right")
        #expect(right.definitions.virtualRouters.map(\.name) == ["R"])
        #expect(right.definitions.virtualRouters.first?.priority.rawValue == 50)
        #expect(right.definitions.virtualRouters.first?.preemption == .never)
    }

    @Test("A condition is compared by octets: an accent does not hide its @, and e with accent is not é")
    func conditionOfOctets() throws {
        let text = """
            vrrp_instance A {
            interface eth0
            virtual_router_id 1
            virtual_ipaddress { 192.0.2.1 }
            @\u{301} priority 200
            @e\u{301} priority 50
            }
            """
        let configuration = try load(text, id: "\u{e9}")
        #expect(configuration.diagnostics == [])
        #expect(configuration.definitions.virtualRouters.map(\.priority.rawValue) == [100])
    }

    @Test("A condition without a rest is reported")
    func emptyCondition() throws {
        #expect(
            try load("@left\n").diagnostics.map(\.description) == [
                "k.conf:1: @left: nothing follows the identifier of the configuration on its line"
            ])
    }
}
