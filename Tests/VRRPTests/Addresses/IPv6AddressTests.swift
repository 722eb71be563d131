import Testing
import VRRP

@Suite("IPv6 addresses as text")
struct IPv6AddressTests {
    @Test(
        "are read in every form of RFC 4291 and written in the one of RFC 5952",
        arguments: [
            ("::", "::"),
            ("::1", "::1"),
            ("1::", "1::"),
            ("2001:db8::1", "2001:db8::1"),
            ("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"),
            ("2001:DB8::ABCD", "2001:db8::abcd"),
            ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
            ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
            ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            ("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
            ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
            ("1:0:0:4:5:0:0:0", "1:0:0:4:5::"),
            ("0:0:0:4:5:0:0:0", "::4:5:0:0:0"),
            ("fe80::200:5eff:fe00:24d", "fe80::200:5eff:fe00:24d"),
            ("ff02::12", "ff02::12"),
            ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
            ("::FFFF:c000:201", "::ffff:192.0.2.1"),
            ("::192.0.2.1", "::c000:201"),
            ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
            ("1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:c000:201"),
            ("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ])
    func canonicalText(_ text: String, _ canonical: String) throws {
        let address = try #require(IPv6Address(text))
        #expect(address.description == canonical)
        #expect(IPv6Address(canonical) == address)
        #expect(IPAddress(text) == .v6(address))
    }

    @Test(
        "are refused where they are none",
        arguments: [
            "", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8",
            "1::2::3", "12345::", "g::", "::g", ":1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:", "1:2:3:4:5:6:7:", ":1::",
            "+1::", "::-1", "::1 ", " ::1", "::1\n", "fe80::1%eth0", "::1/64", "[::1]", "1.2.3.4::", "::1.2.3",
            "::1.2.3.4.5", "::256.1.1.1", "::01.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.4:5", "1.2.3.4:5::",
            "::0x1", "１::", "::1\u{301}", "fe80:\u{301}:1",
        ])
    func refused(_ text: String) {
        #expect(IPv6Address(text) == nil)
        #expect(IPAddress(text) == nil)
    }

    @Test("read back as they were written", arguments: 0..<4 as Range<UInt64>)
    func roundTrip(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<500 {
            // Groups of zero are frequent, so that runs of every length and place occur.
            let mask = (0..<4).reduce(UInt64(0)) { mask, _ in
                mask << 16 | (Bool.random(using: &generator) ? 0xffff : 0)
            }
            let address = IPv6Address(
                high: generator.next() & mask, low: generator.next() & ~mask | generator.next() & 0xff)
            #expect(IPv6Address(address.description) == address)
        }
    }

    @Test("belong to the classes that reception and announcement tell apart")
    func classes() throws {
        #expect(try #require(IPv6Address("fe80::1")).isLinkLocal)
        #expect(try #require(IPv6Address("febf:ffff::1")).isLinkLocal)
        #expect(!(try #require(IPv6Address("fec0::1")).isLinkLocal))
        #expect(!(try #require(IPv6Address("fe7f::1")).isLinkLocal))
        #expect(try #require(IPv6Address("ff02::12")).isMulticast)
        #expect(try #require(IPv6Address("::1")).isLoopback)
        #expect(try #require(IPv6Address("::")) == .unspecified)
        #expect(
            try #require(IPv6Address("2001:db8::aa:bbcc:ddee")).solicitedNodeGroup.description == "ff02::1:ffcc:ddee")
    }
}
