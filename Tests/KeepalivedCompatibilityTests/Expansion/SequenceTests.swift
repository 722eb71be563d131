import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Sequences and lists")
struct SequenceTests {
    @Test(
        "A line is repeated for each number or value",
        arguments: [
            ("~SEQ(i, 3) a $i", ["a 1", "a 2", "a 3"]),
            ("~SEQ(i, -2) a $i", ["a -1", "a -2"]),
            ("~SEQ(i, 0) a $i", ["a 1", "a 0"]),
            ("~SEQ(i, 0, 3) a 10.0.${i}.1", ["a 10.0.0.1", "a 10.0.1.1", "a 10.0.2.1", "a 10.0.3.1"]),
            ("~SEQ(i, 3, 1) a $i", ["a 3", "a 2", "a 1"]),
            ("~SEQ(i, 5, 5) a $i", ["a 5"]),
            ("~SEQ(i, 1, 3, 8) a $i", ["a 1", "a 4", "a 7"]),
            ("~SEQ(i, 8, -4, 0) a $i", ["a 8", "a 4", "a 0"]),
            ("~SEQ ( i , 1 , 2 )   a $i", ["a 1", "a 2"]),
            ("~SEQ(i,0x9,010,0x11) a $i", ["a 9", "a 17"]),
            ("~SEQx(i, 0x90, 0x10, 0xb0) fe80::${i}:1", ["fe80::90:1", "fe80::a0:1", "fe80::b0:1"]),
            ("~SEQx(i, 9, 11) a $i", ["a 9", "a a", "a b"]),
            ("~SEQ(i, 1, 2) ~SEQ(j, 8, 9) a ${i}.${j}", ["a 1.8", "a 1.9", "a 2.8", "a 2.9"]),
            ("$N=2\n~SEQ(i, 1, $N) a $i", ["a 1", "a 2"]),
            ("$N=2\n~SEQ(i, ${N}0, 2${N}) a $i", ["a 20", "a 21", "a 22"]),
            ("~LST(i, x, y) a $i", ["a x", "a y"]),
            ("~LST(i,x) a $i", ["a x"]),
            ("~LST(i, x, , y) a ${i}.", ["a x.", "a .", "a y."]),
            ("~LST({i, j}, {10,1}, {20, 4}) a ${i}.${j}", ["a 10.1", "a 20.4"]),
            ("~LST({i, j}, {10}, 20) a ${i}.${j}", ["a 10.", "a 20."]),
            ("~LST(i, 1, 2) ~LST(j, 5, 6) a ${i}.${j}", ["a 1.5", "a 1.6", "a 2.5", "a 2.6"]),
            ("~LST({i, j}, {1,2}, {3,4}) ~SEQ(k, 8, 9) $i $j $k", ["1 2 8", "1 2 9", "3 4 8", "3 4 9"]),
            ("$X=7\n~LST(i, $X, 8) a $i", ["a 7", "a 8"]),
            ("~SEQ(i, 1, 2) @node a $i", ["a 1", "a 2"]),
            ("~SEQ(i, 1, 2) @other a $i", []),
            ("@other ~SEQ(i, 1, 2) a $i", []),
            ("$S=~SEQ(i, 1, 2) a $i\n$S", ["a 1", "a 2"]),
            ("$S=~SEQ(i, 1, 2)\n$S a ${i}", ["a 1", "a 2"]),
            ("$A= \\\nx ${i} { \\\n}\n~SEQ(i, 1, 2) $A", ["x 1 {", "}", "x 2 {", "}"]),
            ("$A= \\\n~SEQ(i, 1, 2) x ${i} \\\ny\n$A", ["x 1", "x 2", "y"]),
            ("~SEQ(i, 1, 2) $V=${i}1\na $V", ["a 21"]),
            ("~SEQ(i, 1, 2)", []),
            ("a { ~SEQ(i, 1, 2) b $i\n}", ["a { ", "b 1", "b 2", "}"]),
        ])
    func repetition(_ text: String, _ lines: [String]) throws {
        let expanded = try expand(text)
        #expect(expanded.lines == lines)
        #expect(expanded.problems == [])
    }

    @Test(
        "What is no sequence is refused with what would be one",
        arguments: [
            ("~SEQ", "allowed is ~SEQ(name, end), ~SEQ(name, start, end) or ~SEQ(name, start, step, end) and a text"),
            ("~SEQ(i) a", "allowed is ~SEQ(name, end), ~SEQ(name, start, end) or"),
            ("~SEQ(i, 1", "allowed is ~SEQ(name, end), ~SEQ(name, start, end) or"),
            ("~SEQ(i, ) a", "allowed is ~SEQ(name, end), ~SEQ(name, start, end) or"),
            ("~SEQ(i, x) a", "allowed is ~SEQ(name, end), ~SEQ(name, start, end) or"),
            ("~SEQ(i, 09) a", "allowed is ~SEQ(name, end), ~SEQ(name, start, end) or"),
            ("~SEQ(i, 1, 2, 3, 4) a", "allowed is ~SEQ(name, end), ~SEQ(name, start, end) or"),
            ("~SEQ(1i, 2) a", "allowed is ~SEQ(name, end), ~SEQ(name, start, end) or"),
            ("~SEQ(i, 99999999999999999999) a", "allowed is ~SEQ(name, end), ~SEQ(name, start, end) or"),
            ("~SEQ(i, 1, 0, 2) a", "allowed is a step from start to end that is not 0"),
            ("~SEQ(i, 1, -1, 2) a", "allowed is a step from start to end that is not 0"),
            ("~SEQ(i, 2, 1, 1) a", "allowed is a step from start to end that is not 0"),
            ("~SEQx(i, -1, 1) a", "allowed is numbers from 0 for ~SEQx"),
            ("~LST(i) a", "allowed is ~LST(name, value, …) or ~LST({name, …}, {value, …}, …) and a text"),
            ("~LST({i, j}, {1, 2, 3}) a", "allowed is at most one value for each name in a pair of braces"),
            ("~LST({i, j, {1, 2}) a", "allowed is ~LST(name, value, …) or ~LST({name, …}, {value, …}, …) and a text"),
            ("~LST(i, 1 2) a", "allowed is ~LST(name, value, …) or ~LST({name, …}, {value, …}, …) and a text"),
        ])
    func refused(_ text: String, _ allowed: String) throws {
        let expanded = try expand(text)
        #expect(expanded.lines == [])
        #expect(expanded.problems.count == 1)
        #expect(expanded.problems.first?.contains("is not allowed; " + allowed) == true, "\(expanded.problems)")
    }

    @Test("Another word behind ~ is a plain word")
    func otherWords() throws { #expect(try expand("~OTHER(i, 1) a").lines == ["~OTHER(i, 1) a"]) }

    @Test("Sixty-four instances come from one line, and what is said about them names it")
    func instances() throws {
        let text = """
            $VI= \\
            vrrp_instance VI_${IF}_${ID} { \\
              interface eth${IF} \\
              virtual_router_id ${ID} \\
              priority ${PRIORITY} \\
              virtual_ipaddress { \\
                10.${IF}.${ID}.1/24 \\
              } \\
            }
            @left $PRIORITY=200
            @^left $PRIORITY=100
            ~SEQ(IF, 0, 3) ~SEQ(ID, 1, 16) $VI
            """
        let configuration = try load(text, id: "left")
        #expect(configuration.diagnostics == [])
        #expect(configuration.definitions.virtualRouters.count == 64)
        #expect(configuration.definitions.virtualRouters.last?.name == "VI_3_16")
        #expect(configuration.definitions.virtualRouters.allSatisfy { $0.priority.rawValue == 200 })
        try configuration.definitions.validate()

        let wrong = try load(text.replacing("${IF} \\", with: "${IF} \\\nadvert_int 0 \\"), id: "left")
        #expect(Set(wrong.diagnostics.map(\.line)) == [4])
    }

    @Test(
        "What sequences may make is bounded",
        .timeLimit(.minutes(1)),
        arguments: [
            "~SEQ(i, 1, 9223372036854775807) a $i", "~SEQ(i, 1, 2000000000) @other a $i",
            "~SEQ(i, 1, 2000000000) ~SEQ(j, 1, 2000000000) ~SEQ(k, 1, 2000000000) a",
            "~SEQ(i, 1, 999999) " + String(repeating: "a ", count: 490),
            "~SEQ(i, -9223372036854775807, 9223372036854775807)",
            "~SEQ(i, 1, 9999999) " + String(repeating: "${i}", count: 100),
        ])
    func bounds(_ text: String) throws {
        let expanded = try expand(text)
        #expect(expanded.lines == [])
        #expect(
            expanded.problems.map { $0.split(separator: ": ").last.map(String.init) } == [
                "definitions and sequences make more than 131072 lines or 16777216 octets of the configuration"
            ])
    }

    @Test("A sequence ends where the numbers end")
    func overflow() throws {
        let text = "~SEQ(i, 9223372036854775806, 3, 9223372036854775807) $i"
        #expect(try expand(text).lines == ["9223372036854775806"])
    }
}
