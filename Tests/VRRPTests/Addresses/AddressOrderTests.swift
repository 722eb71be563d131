import Testing
import VRRP

@Suite("The order of addresses, by which equal priorities are decided")
struct AddressOrderTests {
    @Test(
        "is that of unsigned numbers, octet by octet",
        arguments: [
            ("127.0.0.1", "200.0.0.1"), ("9.0.0.0", "10.0.0.0"), ("192.0.2.9", "192.0.2.10"),
            ("127.255.255.255", "128.0.0.0"), ("0.0.0.255", "255.0.0.0"),
            ("fe80::7fff:0:0:0", "fe80::8000:0:0:0"), ("fe80::9", "fe80::10"), ("7fff::", "8000::"),
            ("fe80::ffff:ffff:ffff:ffff", "fe80:0:0:1::"),
        ])
    func unsigned(_ lower: String, _ higher: String) throws {
        let lower = try #require(IPAddress(lower))
        let higher = try #require(IPAddress(higher))
        #expect(lower < higher)
        #expect(!(higher < lower))
    }

    @Test("is the order of the octets on the wire", arguments: 0..<4 as Range<UInt64>, AddressFamily.allCases)
    func octetOrder(seed: UInt64, _ family: AddressFamily) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<200 {
            var pair = [generator.octets(family.addressLength), generator.octets(family.addressLength)]
            // A common start makes the later octets decide.
            let common = Int.random(in: 0..<family.addressLength, using: &generator)
            pair[1].replaceSubrange(..<common, with: pair[0][..<common])
            let addresses = pair.map { IPAddress(family, in: $0.span, at: 0) }
            #expect((addresses[0] < addresses[1]) == pair[0].lexicographicallyPrecedes(pair[1]))
            var written: [UInt8] = []
            addresses[0].append(to: &written)
            #expect(written == pair[0])
        }
    }
}
