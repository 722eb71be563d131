import Testing

@testable import KeepalivedCompatibility

@Suite("Definitions")
struct DefinitionTests {
    @Test(
        "A name is replaced by its value",
        arguments: [
            ("$A=1\npriority $A", ["priority 1"]),
            ("$A=1\nx${A}y", ["x1y"]),
            ("$A=1\na $A b $A", ["a 1 b 1"]),
            ("$A=1\na $A, b($A)", ["a 1, b(1)"]),
            ("$A=1\na \"$A b\"", ["a \"1 b\""]),
            ("$A=\na ${A}b", ["a b"]),
            ("$A=b c\na $A", ["a b c"]),
            ("$A=  b  \na ${A}.", ["a b."]),
            ("$A=b # c\na $A", ["a b"]),
            ("$A=\"b # c\"\na $A", ["a \"b # c\""]),
            ("$A=1\n$A=2\na $A", ["a 2"]),
            ("a x\n$A=1\na $A", ["a x", "a 1"]),
            ("$A_1=1\na $A_1", ["a 1"]),
            ("$_A=1\na $_A", ["a 1"]),
            ("$A=b=c\na $A", ["a b=c"]),
            ("$A=1\n  $B=2\na ${A}${B}", ["a 12"]),
            ("$A=vrrp_instance\n$A X { priority 1 }", ["vrrp_instance X { priority 1 }"]),
            ("$A=X {\nvrrp_instance $A", ["vrrp_instance X {"]),
        ])
    func values(_ text: String, _ lines: [String]) throws {
        let expanded = try expand(text)
        #expect(expanded.lines == lines)
        #expect(expanded.problems == [])
    }

    @Test(
        "What is no use of a name, or no definition, stays as it is",
        arguments: [
            ("$A=1\na $AB", ["a $AB"], ["2: $AB: is not defined here and left as it is"]),
            ("a $A\n$A=1", ["a $A"], ["1: $A: is not defined here and left as it is"]),
            ("$A=1\na \"$A\"", ["a \"$A\""], []),
            ("$A=1\na $A.b $A/b $A}", ["a $A.b $A/b $A}"], []),
            ("$A=1\na ${A ${A", ["a ${A ${A"], []),
            ("a $1 $ $$", ["a $1 $ $$"], []),
            ("$A =1", ["$A =1"], ["1: $A: is not defined here and left as it is"]),
            ("$1=1", ["$1=1"], []),
            ("$A=1\na ${A 5}", ["a ${A 5}"], []),
        ])
    func literal(_ text: String, _ lines: [String], _ problems: [String]) throws {
        let expanded = try expand(text)
        #expect(expanded.lines == lines)
        #expect(expanded.problems == problems)
    }

    @Test("A value is looked at where it is used: names in it have the values of then")
    func recursion() throws {
        let text = """
            $BASE=10.2.${SUB}
            $SUB=0
            ${BASE}.100/32
            $SUB=10
            ${BASE}.100/32
            """
        #expect(try expand(text).lines == ["10.2.0.100/32", "10.2.10.100/32"])
    }

    @Test("Definitions and conditions work together")
    func conditions() throws {
        let text = """
            @left $P=240
            @right $P=200
            priority $P
            $IF=@left
            $IF nopreempt
            """
        #expect(try expand(text, id: "left").lines == ["priority 240", "nopreempt"])
        #expect(try expand(text, id: "right").lines == ["priority 200"])
    }

    @Test(
        "A value of several lines takes the place of the last word of a line",
        arguments: [
            ("$A= \\\nx \\\ny\n$A", ["x", "y"]),
            ("$A=x \\\ny\na $A", ["a x", "y"]),
            ("$A=x \\\n  y\\\nz\n${A}\nend", ["x", "y", "z", "end"]),
            ("$A= \\\nx\na $A b", ["a x b"]),
            ("$A=x \\\ny\na $A b", ["a $A b"]),
            ("$A=x \\\n\ny\n$A", ["y", "x"]),
            ("$A= \\\n\ny\na $A", ["y", "a"]),
            ("$A= \\\n@node x \\\n@other y \\\nz\n$A", ["x", "z"]),
            ("$A= \\\nx ${N} {\\\n}\n$N=1\n$A\n$N=2\n$A", ["x 1 {", "}", "x 2 {", "}"]),
            ("$B= \\\nx \\\ny\n$A= \\\na \\\n$B \\\nz\n$A", ["a", "x", "y", "z"]),
            ("$B=x \\\ny\n$A=a $B \\\nz\n$A", ["a x", "y", "z"]),
            ("$B=x \\\ny\n$A=a \\\nz $B\n$A", ["a", "z x", "y"]),
            ("$A= \\\n$N=1 \\\nx ${N}\n$A", ["x 1"]),
            ("$A= \\\nx # comment \\\ny\n$A", ["x", "y"]),
            ("$A=x \\ # comment\ny\n$A", ["x", "y"]),
        ])
    func severalLines(_ text: String, _ lines: [String]) throws { #expect(try expand(text).lines == lines) }

    @Test("A backslash at the end of any other line is a plain character")
    func backslashes() throws {
        #expect(try expand("a b \\\nc").lines == ["a b\\", "c"])
        #expect(try expand("a \\\\\nc").lines == ["a \\\\", "c"])
    }

    @Test("A definition may stand behind a brace, and a condition too")
    func behindBraces() throws {
        #expect(try expand("a { $X=1\nb $X }").lines == ["a { ", "b 1 }"])
        #expect(try expand("a { @node b }\na { @other b }\nc").lines == ["a { ", "b }", "a { ", "c"])
        #expect(try expand("a { \"{ @other b\" }").lines == ["a { \"{ @other b\" }"])
    }

    @Test("Some names exist by themselves")
    func standardNames() throws {
        let source = [
            "d/a.conf": "in ${_PWD}\n$_PWD=x\nin ${_PWD}", "d/b.conf": "at ${_PWD}",
        ]
        let expanded = try expand(
            "id ${_INSTANCE}\nc \"${_HASH}${_BANG}\"\ninclude d/b.conf\nat ${_PWD}.\ninclude d/a.conf", id: "n1",
            including: source)
        #expect(expanded.lines == ["id n1", "c \"#!\"", "at d", "at .", "in d", "in x"])
        #expect(expanded.problems == [])
    }

    @Test("A random number comes from its range, and is the same on every reload")
    func randomNumbers() throws {
        let text = String(repeating: "${_RANDOM 5 7} ${_RANDOM 300} ${_RANDOM}\n", count: 200)
        let first = try expand(text).lines.map { $0.split(separator: " ").compactMap { Int($0) } }
        #expect(first.allSatisfy { $0.count == 3 })
        #expect(Set(first.map { $0[0] }) == [5, 6, 7])
        #expect(first.allSatisfy { (300...32_767).contains($0[1]) && (0...32_767).contains($0[2]) })
        #expect(try expand(text).lines == expand(text).lines)
        #expect(try expand(text, id: "other").lines != expand(text).lines)
        let seeded = "global_defs {\nrandom_seed 5\n}\n" + text
        #expect(try expand(seeded, id: "other").lines == expand(seeded).lines)
        #expect(try expand("${_RANDOM 9 3}").lines == ["9"])
    }

    @Test("${_ENV NAME} is the variable of the environment; one that is not there stays, with a warning")
    func environment() throws {
        #expect(try expand("a${_ENV NODE}b ${_ENV EMPTY}c").lines == ["an1b c"])
        #expect(try expand("$X=${_ENV NODE}\nrouter_id ${X}").lines == ["router_id n1"])
        let missing = try expand("a ${_ENV ABSENT}")
        #expect(missing.lines == ["a ${_ENV ABSENT}"])
        #expect(missing.problems.first == "1: $_ENV ABSENT: is not defined here and left as it is")
    }

    @Test("What is said names the line on which the text was written")
    func places() throws {
        let text = """
            $P=300
            $BODY= \\
            interface eth0 \\
            virtual_router_id 0 \\
            priority $P
            vrrp_instance A {
            $BODY
            priority $P
            }
            """
        let configuration = try load(text)
        #expect(
            configuration.diagnostics.filter { $0.value != nil }.map(\.description) == [
                "k.conf:4: virtual_router_id: 0 is not allowed; allowed is 1 to 255",
                "k.conf:5: priority: 300 is not allowed; allowed is 1 to 255",
                "k.conf:8: priority: 300 is not allowed; allowed is 1 to 255",
            ])
    }

    @Test(
        "Definitions without an end are reported and cost little",
        .timeLimit(.minutes(1)),
        arguments: [
            ("$A=$A\na $A", "2: a: the definitions that the line uses do not come to an end"),
            ("$A=$B\n$B=$A\na $A", "3: a: the definitions that the line uses do not come to an end"),
            ("$A=x $A\na $A", "2: a: the line is longer than 1024 octets"),
            (
                "$A= \\\nx \\\n$A \\\ny\n$A",
                "3: sequences and definitions of several lines stand deeper inside of each other than 64 levels"
            ),
        ])
    func endless(_ text: String, _ problem: String) throws {
        let expanded = try expand(text)
        #expect(expanded.problems == [problem])
    }

    @Test("What definitions may make is bounded", .timeLimit(.minutes(1)))
    func bounds() throws {
        // Each level uses the one before it ten times: ten lines would become ten milliards.
        var text = "$L0=x \\\ny\n"
        for level in 1...9 {
            text += "$L\(level)= \\\n" + String(repeating: "$L\(level - 1) \\\n", count: 9) + "$L\(level - 1)\n"
        }
        let expanded = try expand(text + "$L9\n")
        #expect(expanded.lines == [])
        #expect(
            expanded.problems.map { $0.split(separator: ": ").last.map(String.init) } == [
                "definitions and sequences make more than 131072 lines or 16777216 octets of the configuration"
            ])
    }
}
