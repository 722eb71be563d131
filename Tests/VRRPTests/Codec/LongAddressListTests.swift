import Testing
import VRRP

@Suite("255 addresses")
struct LongAddressListTests {
    private func addresses(_ family: AddressFamily) -> [IPAddress] {
        (1...255).map { number in
            switch family {
            case .ipv4: .v4(IPv4Address(192, 0, 2, UInt8(number)))
            case .ipv6: .v6(IPv6Address(high: 0xfe80 << 48, low: UInt64(number)))
            }
        }
    }

    @Test(
        "They make the longest message, which is sent and received",
        arguments: [
            (ProtocolVersion.v3, AddressFamily.ipv4, 1028), (.v2, .ipv4, 1036), (.v3, .ipv6, 4088),
        ])
    func roundTrip(_ version: ProtocolVersion, _ family: AddressFamily, _ length: Int) throws {
        let source = family == .ipv4 ? Bench.injector : Bench.injector6
        let contents = AdvertisementContents(
            version: version, family: family, virtualRouterID: try #require(VirtualRouterID(rawValue: 1)),
            interval: .default, addresses: addresses(family))
        let template = AdvertisementTemplate(
            contents, priority: 100, source: source, destination: family.vrrpGroup, checksum: .pseudoHeader,
            sourceMAC: .virtualRouter(contents.virtualRouterID, family),
            destinationMAC: .multicast(family.vrrpGroup))
        #expect(template.frame.count - template.messageOffset == length)
        #expect(length <= VRRPNumbers.longestMessage)

        var rules = Bench.rules(version, family)
        rules.addresses = contents.addresses
        rules.addressListMismatch = .discard
        #expect(Verdict.of(frame: template.frame, under: rules).advertisement?.warnings == [])
        rules.addresses[254] = rules.addresses[0]
        #expect(Verdict.of(frame: template.frame, under: rules) == .discarded(.addressList))
        rules.addressListMismatch = .count
        #expect(Verdict.of(frame: template.frame, under: rules).advertisement?.warnings == .addressListDiffers)
    }
}
