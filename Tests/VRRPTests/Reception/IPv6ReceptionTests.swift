import Testing
import VRRP

@Suite("Reception of VRRPv3 over IPv6")
struct IPv6ReceptionTests {
    private static let packet = SyntheticPacket(.ipv6)
    private static let rules = Bench.rules(.v3, .ipv6)
    private static let relaxed = rules.with { $0.requiresLinkLocalFirst = false }

    @Test("Messages", arguments: messages)
    func checkMessages(_ reception: ReceptionCase) { #expect(reception.verdict == reception.expected) }

    static let messages: [ReceptionCase] = [
        ReceptionCase("a sound one", packet, rules, .accepted()),
        ReceptionCase("hop limit 64", packet.with { $0.hopLimit = 64 }, rules, .discarded(.hopLimit)),
        ReceptionCase(
            "summed without the pseudo-header", packet.with { $0.checksum = .value(messageChecksum) }, rules,
            .discarded(.checksum)),
        ReceptionCase(
            "summed without the pseudo-header, where RFC 9568 is demanded of IPv4",
            packet.with { $0.checksum = .value(messageChecksum) },
            rules.with { $0.acceptedChecksums = .messageOnly }, .discarded(.checksum)),
        ReceptionCase(
            "with pseudo-header, whatever is demanded of IPv4", packet,
            rules.with { $0.acceptedChecksums = .messageOnly }, .accepted()),
        ReceptionCase("version 2", packet.with { $0.version = 2 }, rules, .discarded(.version)),
        ReceptionCase("no address", packet.with { $0.addresses = [] }, rules, .discarded(.addressList)),
        ReceptionCase(
            "IPv4 addresses", packet.with { $0.addresses = Bench.addresses }, rules, .discarded(.length)),
        ReceptionCase("the router's own source", packet.with { $0.source = Bench.local6 }, rules, .discarded(.source)),
        ReceptionCase("a source of ::", packet.with { $0.source = .v6(.unspecified) }, rules, .discarded(.ipHeader)),
        ReceptionCase(
            "a global source",
            packet.with { $0.source = .v6(IPv6Address(high: 0x2001_0db8_0000_0001, low: 0x20)) }, rules,
            .accepted(.pseudoHeader, .sourceNotLinkLocal)),
    ]

    /// What a sender writes that takes the IPv4 form of RFC 9568 for that of IPv6.
    private static var messageChecksum: UInt16 {
        ReferenceChecksum.of(packet.with { $0.checksum = .value(0) }.message)
    }

    @Test("The first address must be link-local, unless that is relaxed", arguments: firstAddresses)
    func firstAddress(_ reception: ReceptionCase) { #expect(reception.verdict == reception.expected) }

    private static let reversed = packet.with { $0.addresses.reverse() }
    private static let globalAlone = packet.with { $0.addresses.removeFirst() }
    static let firstAddresses: [ReceptionCase] = [
        ReceptionCase("the list reversed", reversed, rules, .discarded(.addressList)),
        ReceptionCase("a global address alone", globalAlone, rules, .discarded(.addressList)),
        ReceptionCase(
            "the list reversed, relaxed", reversed, relaxed,
            .accepted(.pseudoHeader, [.firstAddressNotLinkLocal, .addressListDiffers])),
        ReceptionCase(
            "a global address alone, relaxed", globalAlone, relaxed.with { $0.addresses.removeFirst() },
            .accepted(.pseudoHeader, .firstAddressNotLinkLocal)),
        ReceptionCase(
            "an IPv4-mapped address first",
            packet.with { $0.addresses[0] = .v6(IPv6Address(high: 0, low: 0xffff_c000_0264)) },
            rules, .discarded(.addressList)),
        ReceptionCase(
            "the group first",
            packet.with { $0.addresses[0] = AddressFamily.ipv6.vrrpGroup }, rules, .discarded(.addressList)),
    ]

    @Test("A unicast peer may send from a global address, with the hop limit that it is allowed")
    func unicast() {
        let peer = IPAddress.v6(IPv6Address(high: 0x2001_0db8_0000_0001, low: 0x20))
        let local = IPAddress.v6(IPv6Address(high: 0x2001_0db8_0000_0001, low: 0x10))
        let packet = Self.packet.with {
            $0.source = peer
            $0.destination = local
            $0.hopLimit = 64
        }
        let rules = Self.rules.with {
            $0.destination = local
            $0.peers = [.init(address: peer, minimumHopLimit: 64)]
        }
        let allowed = ReceptionCase("allowed", packet, rules, .accepted())
        #expect(allowed.verdict == allowed.expected)
        let tooFar = packet.with { $0.hopLimit = 63 }
        #expect(Verdict.of(frame: tooFar.frame, under: rules) == .discarded(.hopLimit))
        // IPv6 has no old form of the sum.
        let oldForm = packet.with { $0.checksum = .correct(.pseudoHeaderOfGroup) }
        #expect(Verdict.of(frame: oldForm.frame, under: rules) == .discarded(.checksum))
    }
}
