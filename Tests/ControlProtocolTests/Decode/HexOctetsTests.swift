import ControlProtocol
import Testing

@Suite("Hexadecimal octets")
struct HexOctetsTests {
    @Test(
        "Octets are read as people copy them",
        arguments: [
            ("", []), ("31", [0x31]), ("0x31aB", [0x31, 0xab]), ("31 ab\n4d", [0x31, 0xab, 0x4d]),
            ("31:ab-4d", [0x31, 0xab, 0x4d]),
        ] as [(String, [UInt8])])
    func reading(text: String, octets: [UInt8]) throws {
        #expect(try HexOctets(text).octets == octets)
    }

    @Test(
        "A text that is none is refused with the place",
        arguments: [
            ("3g", .notADigit("g", position: 2)), ("31 4", .oddDigit(position: 4)),
            ("3 1", .notADigit(" ", position: 2)),
            ("31ü", .notADigit("ü", position: 3)), ("３１", .notADigit("３", position: 1)),
        ] as [(String, HexOctetsError)])
    func refusal(text: String, error: HexOctetsError) {
        #expect(throws: error) { try HexOctets(text) }
    }

    @Test("Writing gives two lower-case digits for each octet")
    func writing() { #expect(HexOctets.text([0, 0x0a, 0xff]) == "000aff") }
}
