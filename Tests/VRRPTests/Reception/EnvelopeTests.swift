import Testing
import VRRP

@Suite("The IP header of a received packet")
struct EnvelopeTests {
    private static let packet = SyntheticPacket()
    private static let rules = Bench.rules()

    @Test("IPv4 headers", arguments: headers)
    func checkHeaders(_ reception: ReceptionCase) { #expect(reception.verdict == reception.expected) }

    static let headers: [ReceptionCase] = [
        ReceptionCase("one word of options", packet.with { $0.headerWords = 6 }, rules, .accepted()),
        ReceptionCase("ten words of options", packet.with { $0.headerWords = 15 }, rules, .accepted()),
        ReceptionCase(
            "a header of four words", packet.with { $0.claimedHeaderWords = 4 }, rules, .discarded(.ipHeader)),
        ReceptionCase("a header of no words", packet.with { $0.claimedHeaderWords = 0 }, rules, .discarded(.ipHeader)),
        ReceptionCase(
            "a header longer than the packet",
            packet.with {
                $0.claimedHeaderWords = 15
                $0.truncation = 8
            }, rules, .discarded(.ipHeader)),
        ReceptionCase(
            "a total length beyond the frame", packet.with { $0.claimedLength = 200 }, rules, .discarded(.ipHeader)),
        ReceptionCase(
            "a total length shorter than the header", packet.with { $0.claimedLength = 19 }, rules,
            .discarded(.ipHeader)),
        ReceptionCase(
            "a total length that cuts the message", packet.with { $0.claimedLength = 28 }, rules, .discarded(.length)),
        ReceptionCase("Ethernet padding", packet.with { $0.ethernetPadding = 10 }, rules, .accepted()),
        ReceptionCase("another protocol", packet.with { $0.ipProtocol = 51 }, rules, .discarded(.ipHeader)),
        ReceptionCase("more fragments follow", packet.with { $0.fragment = 0x2000 }, rules, .discarded(.ipHeader)),
        ReceptionCase("a later fragment", packet.with { $0.fragment = 0x0001 }, rules, .discarded(.ipHeader)),
        ReceptionCase("fragmenting allowed", packet.with { $0.fragment = 0 }, rules, .accepted()),
        ReceptionCase(
            "the virtual router MAC address as the sender's",
            packet.with { $0.sourceMAC = MACAddress(rawValue: 0x0000_5e00_014d) }, rules, .accepted()),
    ]

    @Test("A damaged IPv4 header is counted as an IP header error", arguments: 0..<20)
    func damagedHeader(_ position: Int) {
        var frame = Self.packet.frame
        frame[14 + position] ^= 0x10
        #expect(Verdict.of(frame: frame, under: Self.rules) == .discarded(.ipHeader))
    }

    @Test("Sources and destinations", arguments: addresses)
    func checkAddresses(_ reception: ReceptionCase) { #expect(reception.verdict == reception.expected) }

    static let addresses: [ReceptionCase] = [
        ReceptionCase("the router's own source", packet.with { $0.source = Bench.local }, rules, .discarded(.source)),
        ReceptionCase(
            "a source of another subnet", packet.with { $0.source = .v4(IPv4Address(198, 51, 100, 9)) }, rules,
            .accepted()),
        ReceptionCase(
            "a source of 0.0.0.0", packet.with { $0.source = .v4(.unspecified) }, rules, .discarded(.ipHeader)),
        ReceptionCase(
            "a group as source", packet.with { $0.source = AddressFamily.ipv4.vrrpGroup }, rules, .discarded(.ipHeader)),
        ReceptionCase(
            "the broadcast address as source", packet.with { $0.source = .v4(IPv4Address(rawValue: .max)) }, rules,
            .discarded(.ipHeader)),
        ReceptionCase(
            "a loopback source", packet.with { $0.source = .v4(IPv4Address(127, 0, 0, 1)) }, rules,
            .discarded(.ipHeader)),
        ReceptionCase(
            "unicast to a multicast router", packet.with { $0.destination = Bench.local }, rules,
            .discarded(.destination)),
        ReceptionCase(
            "another group", packet.with { $0.destination = .v4(IPv4Address(224, 0, 0, 1)) }, rules,
            .discarded(.destination)),
        ReceptionCase("IPv6 to an IPv4 router", SyntheticPacket(.ipv6), rules, .discarded(.destination)),
        ReceptionCase(
            "IPv4 to an IPv6 router", packet, Bench.rules(.v3, .ipv6), .discarded(.destination)),
    ]

    @Test("Unicast", arguments: unicast)
    func checkUnicast(_ reception: ReceptionCase) { #expect(reception.verdict == reception.expected) }

    private static let toLocal = packet.with { $0.destination = Bench.local }
    static let unicast: [ReceptionCase] = [
        ReceptionCase("from a peer", toLocal, Bench.unicastRules(), .accepted()),
        ReceptionCase(
            "from a peer, the message alone summed", toLocal.with { $0.checksum = .correct(.messageOnly) },
            Bench.unicastRules(), .accepted(.messageOnly)),
        ReceptionCase(
            "from an old keepalived, summed with the group",
            toLocal.with { $0.checksum = .correct(.pseudoHeaderOfGroup) },
            Bench.unicastRules(), .accepted(.pseudoHeaderOfGroup)),
        ReceptionCase(
            "from a stranger", toLocal.with { $0.source = .v4(IPv4Address(192, 0, 2, 99)) }, Bench.unicastRules(),
            .discarded(.source)),
        ReceptionCase(
            "to the group", packet, Bench.unicastRules(), .discarded(.destination)),
        ReceptionCase(
            "from a peer that is one hop too far", toLocal.with { $0.hopLimit = 254 }, Bench.unicastRules(),
            .discarded(.hopLimit)),
        ReceptionCase(
            "from a peer that may be two hops away", toLocal.with { $0.hopLimit = 253 },
            Bench.unicastRules(minimumHopLimit: 253), .accepted()),
        ReceptionCase(
            "from a peer beyond its two hops", toLocal.with { $0.hopLimit = 252 },
            Bench.unicastRules(minimumHopLimit: 253), .discarded(.hopLimit)),
        ReceptionCase(
            "multicast summed with the group although sent to another destination",
            toLocal.with { $0.checksum = .correct(.pseudoHeaderOfGroup) }, rules.with { $0.destination = Bench.local },
            .discarded(.checksum)),
    ]

    @Test("A frame with a VLAN tag is read behind the tag")
    func vlanTag() {
        var frame = Self.packet.frame
        frame.insert(contentsOf: [0x81, 0x00, 0x00, 0x2a], at: 12)
        #expect(Verdict.of(frame: frame, under: Self.rules).advertisement?.priority == 200)
    }

    @Test("No frame is too short to be refused", arguments: [AddressFamily.ipv4, .ipv6])
    func shortFrames(_ family: AddressFamily) {
        let frame = SyntheticPacket(family).frame
        for length in 0..<frame.count {
            #expect(IPPacket.read(Array(frame.prefix(length))) == nil, "\(length) octets")
        }
    }

    @Test("An IPv6 packet whose payload ends early, or behind the frame")
    func ipv6Lengths() {
        let rules = Bench.rules(.v3, .ipv6)
        let packet = SyntheticPacket(.ipv6)
        #expect(
            Verdict.of(frame: packet.with { $0.claimedLength = 24 }.frame, under: rules) == .discarded(.length))
        #expect(
            Verdict.of(frame: packet.with { $0.claimedLength = 0 }.frame, under: rules) == .discarded(.length))
        #expect(
            Verdict.of(frame: packet.with { $0.claimedLength = 41 }.frame, under: rules) == .discarded(.ipHeader))
        #expect(
            Verdict.of(frame: packet.with { $0.ipProtocol = 44 }.frame, under: rules) == .discarded(.ipHeader))
    }
}
