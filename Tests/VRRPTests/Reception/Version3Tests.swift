import Testing
import VRRP

@Suite("Reception of VRRPv3 over IPv4")
struct Version3Tests {
    private static let packet = SyntheticPacket()
    private static let rules = Bench.rules()

    @Test("Checksums", arguments: checksums)
    func checkChecksums(_ reception: ReceptionCase) { #expect(reception.verdict == reception.expected) }

    static let checksums: [ReceptionCase] = [
        ReceptionCase("with pseudo-header", packet, rules, .accepted()),
        ReceptionCase(
            "the message alone", packet.with { $0.checksum = .correct(.messageOnly) }, rules, .accepted(.messageOnly)),
        ReceptionCase(
            "the message alone, where RFC 5798 is demanded", packet.with { $0.checksum = .correct(.messageOnly) },
            rules.with { $0.acceptedChecksums = .pseudoHeader }, .discarded(.checksum)),
        ReceptionCase(
            "with pseudo-header, where RFC 9568 is demanded", packet,
            rules.with { $0.acceptedChecksums = .messageOnly }, .discarded(.checksum)),
        ReceptionCase("damaged", packet.with { $0.checksum = .damaged }, rules, .discarded(.checksum)),
        ReceptionCase("zero", packet.with { $0.checksum = .value(0) }, rules, .discarded(.checksum)),
    ]

    @Test(
        "Another TTL than 255 is counted as a TTL error", arguments: [0, 1, 64, 254] as [UInt8])
    func timeToLive(_ value: UInt8) {
        let packet = Self.packet.with { $0.hopLimit = value }
        #expect(Verdict.of(frame: packet.frame, under: Self.rules) == .discarded(.hopLimit))
    }

    @Test("Fields of the message", arguments: fields)
    func checkFields(_ reception: ReceptionCase) { #expect(reception.verdict == reception.expected) }

    static let fields: [ReceptionCase] = [
        ReceptionCase(
            "the reserved bits are ignored and not part of the interval", packet.with { $0.reserved = 0xf }, rules,
            .accepted()),
        ReceptionCase(
            "no address", packet.with { $0.addresses = [] }, rules, .discarded(.addressList)),
        ReceptionCase(
            "a count of none in front of two addresses", packet.with { $0.addressCount = 0 }, rules,
            .discarded(.length)),
        ReceptionCase(
            "a count of three in front of two addresses", packet.with { $0.addressCount = 3 }, rules,
            .discarded(.length)),
        ReceptionCase(
            "four octets too many", packet.with { $0.trailer = [0, 0, 0, 0] }, rules, .discarded(.length)),
        ReceptionCase(
            "an octet too many", packet.with { $0.trailer = [0] }, rules, .discarded(.length)),
        ReceptionCase("interval 0", packet.with { $0.interval = 0 }, rules, .discarded(.interval)),
        ReceptionCase(
            "interval 0 with reserved bits",
            packet.with {
                $0.interval = 0
                $0.reserved = 0xf
            }, rules, .discarded(.interval)),
        ReceptionCase(
            "the longest interval", packet.with { $0.interval = 4095 }, rules,
            .accepted(.pseudoHeader, .intervalDiffers)),
        ReceptionCase(
            "the shortest interval", packet.with { $0.interval = 1 }, rules,
            .accepted(.pseudoHeader, .intervalDiffers)),
        ReceptionCase("giving up", packet.with { $0.priority = 0 }, rules, .accepted()),
        ReceptionCase("the owner of the addresses", packet.with { $0.priority = 255 }, rules, .accepted()),
        ReceptionCase("the router's own priority", packet.with { $0.priority = 100 }, rules, .accepted()),
        ReceptionCase("type 2", packet.with { $0.type = 2 }, rules, .discarded(.type)),
        ReceptionCase("type 0", packet.with { $0.type = 0 }, rules, .discarded(.type)),
        ReceptionCase("type 15", packet.with { $0.type = 15 }, rules, .discarded(.type)),
        ReceptionCase("a sound VRRPv2 advert", SyntheticPacket(version: 2), rules, .discarded(.version)),
        ReceptionCase(
            "VRID 0", packet.with { $0.virtualRouterID = 0 }, rules, .discarded(.virtualRouterID)),
    ]

    @Test("Another version than 3 is counted as a version error", arguments: [0, 1, 2, 4, 15] as [UInt8])
    func versions(_ version: UInt8) {
        let packet = Self.packet.with { $0.version = version }
        #expect(Verdict.of(frame: packet.frame, under: Self.rules) == .discarded(.version))
    }

    @Test("A message that ends early is counted as a length error", arguments: [0, 1, 4, 7, 8, 11, 12, 15])
    func truncated(_ length: Int) {
        let packet = Self.packet.with { $0.truncation = length }
        #expect(Verdict.of(frame: packet.frame, under: Self.rules) == .discarded(.length))
    }

    @Test("Address lists", arguments: addressLists)
    func checkAddressLists(_ reception: ReceptionCase) { #expect(reception.verdict == reception.expected) }

    static let addressLists: [ReceptionCase] =
        [
            ("other addresses", [IPv4Address(198, 51, 100, 1), IPv4Address(198, 51, 100, 2)]),
            ("one of two", [IPv4Address(192, 0, 2, 100)]),
            ("one more", [IPv4Address(192, 0, 2, 100), IPv4Address(192, 0, 2, 101), IPv4Address(192, 0, 2, 102)]),
            ("the same in another order", [IPv4Address(192, 0, 2, 101), IPv4Address(192, 0, 2, 100)]),
            ("addresses that nobody can have", [IPv4Address.unspecified, IPv4Address(rawValue: .max)]),
            ("a group", [IPv4Address(224, 0, 0, 1), IPv4Address(239, 255, 255, 255)]),
        ].flatMap { name, addresses in
            let packet = packet.with { $0.addresses = addresses.map(IPAddress.v4) }
            return [
                ReceptionCase("\(name), counted", packet, rules, .accepted(.pseudoHeader, .addressListDiffers)),
                ReceptionCase(
                    "\(name), ignored", packet, rules.with { $0.addressListMismatch = .ignore }, .accepted()),
                ReceptionCase(
                    "\(name), discarded", packet, rules.with { $0.addressListMismatch = .discard },
                    .discarded(.addressList)),
                ReceptionCase(
                    "\(name), unknown to the receiver", packet, rules.with { $0.addresses = [] }, .accepted()),
            ]
        }
}
