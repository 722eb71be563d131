import Testing
import VRRP

@Suite("IPv4 addresses as text")
struct IPv4AddressTests {
    @Test(
        "are four decimal octets",
        arguments: [
            ("0.0.0.0", 0), ("255.255.255.255", 0xffff_ffff), ("192.0.2.1", 0xc000_0201), ("1.20.30.4", 0x0114_1e04),
        ] as [(String, UInt32)])
    func read(_ text: String, _ number: UInt32) throws {
        let address = try #require(IPv4Address(text))
        #expect(address.rawValue == number)
        #expect(address.description == text)
        #expect(IPAddress(text) == .v4(address))
    }

    @Test(
        "are refused where they are none",
        arguments: [
            "", ".", "1.2.3", "1.2.3.", ".1.2.3", "1.2.3.4.", "1.2.3.4.5", "1..2.3", "256.1.1.1", "1.2.3.256",
            "1.2.3.1000", "01.2.3.4", "1.2.3.00", "+1.2.3.4", "-1.2.3.4", " 1.2.3.4", "1.2.3.4 ", "1.2.3.4/24",
            "0x1.2.3.4", "a.b.c.d", "1,2,3,4", "3232235777", "１.2.3.4",
        ])
    func refused(_ text: String) {
        #expect(IPv4Address(text) == nil)
        #expect(IPAddress(text) == nil)
    }

    @Test("belong to the classes that reception tells apart")
    func classes() {
        #expect(IPv4Address(224, 0, 0, 18).isMulticast && IPv4Address(239, 255, 255, 255).isMulticast)
        #expect(!IPv4Address(223, 255, 255, 255).isMulticast && !IPv4Address(240, 0, 0, 0).isMulticast)
        #expect(IPv4Address(127, 255, 0, 1).isLoopback && !IPv4Address(128, 0, 0, 1).isLoopback)
        #expect(IPAddress.v4(IPv4Address(192, 0, 2, 1)).isUnicast)
        #expect(!IPAddress.v4(.unspecified).isUnicast)
    }
}
