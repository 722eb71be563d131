import Testing
import VRRP

@Suite("Reception of VRRPv2")
struct Version2Tests {
    private static let packet = SyntheticPacket(version: 2)
    private static let rules = Bench.rules(.v2)

    @Test("Messages without authentication", arguments: messages)
    func checkMessages(_ reception: ReceptionCase) { #expect(reception.verdict == reception.expected) }

    static let messages: [ReceptionCase] = [
        ReceptionCase("a sound one", packet, rules, .accepted(.messageOnly)),
        ReceptionCase(
            "garbage as authentication data of type 0",
            packet.with { $0.trailer = [0xde, 0xad, 0xbe, 0xef, 1, 2, 3, 4] }, rules, .accepted(.messageOnly)),
        ReceptionCase(
            "summed with a pseudo-header", packet.with { $0.checksum = .value(pseudoHeaderChecksum) }, rules,
            .discarded(.checksum)),
        ReceptionCase("zero as checksum", packet.with { $0.checksum = .value(0) }, rules, .discarded(.checksum)),
        ReceptionCase("no authentication data", packet.with { $0.trailer = [] }, rules, .discarded(.length)),
        ReceptionCase("another interval", packet.with { $0.interval = 2 }, rules, .discarded(.interval)),
        ReceptionCase("interval 0", packet.with { $0.interval = 0 }, rules, .discarded(.interval)),
        ReceptionCase(
            "the longest interval, which is the configured one", packet.with { $0.interval = 255 },
            rules.with { $0.interval = AdvertisementInterval(centiseconds: 25_500) ?? .default },
            .accepted(.messageOnly)),
        ReceptionCase("no address", packet.with { $0.addresses = [] }, rules, .discarded(.addressList)),
        ReceptionCase("TTL 254", packet.with { $0.hopLimit = 254 }, rules, .discarded(.hopLimit)),
        ReceptionCase("a sound VRRPv3 advert", SyntheticPacket(), rules, .discarded(.version)),
        ReceptionCase("giving up", packet.with { $0.priority = 0 }, rules, .accepted(.messageOnly)),
        ReceptionCase(
            "whatever it is, an owner of the addresses hears nobody", packet,
            rules.with { $0.discardsAsAddressOwner = true }, .discarded(.source)),
    ]

    /// What a sender writes that takes VRRPv2 for VRRPv3.
    private static var pseudoHeaderChecksum: UInt16 {
        let message = packet.with { $0.checksum = .value(0) }.message
        return ReferenceChecksum.of(
            ReferenceChecksum.pseudoHeader(
                source: packet.source, destination: packet.destination, length: message.count) + message)
    }

    @Test("Authentication", arguments: authentication)
    func checkAuthentication(_ reception: ReceptionCase) { #expect(reception.verdict == reception.expected) }

    private static func with(password: String) -> SyntheticPacket {
        packet.with {
            $0.authenticationType = 1
            $0.trailer = Array(password.utf8) + Array(repeating: 0, count: 8 - password.utf8.count)
        }
    }

    private static func expecting(_ password: String) -> ReceptionRules {
        rules.with { rules in
            if let password = SimpleTextPassword(password) { rules.authentication = .simpleText(password) }
        }
    }

    static let authentication: [ReceptionCase] = [
        ReceptionCase("the right password", with(password: "s3cret"), expecting("s3cret"), .accepted(.messageOnly)),
        ReceptionCase(
            "the right password of eight octets", with(password: "abcdefgh"), expecting("abcdefgh"),
            .accepted(.messageOnly)),
        ReceptionCase(
            "a password that differs in its last octet", with(password: "abcdefgi"), expecting("abcdefgh"),
            .discarded(.authenticationFailure)),
        ReceptionCase(
            "a password that goes on", with(password: "s3cret1"), expecting("s3cret"),
            .discarded(.authenticationFailure)),
        ReceptionCase(
            "a password that ends early", with(password: "s3cre"), expecting("s3cret"),
            .discarded(.authenticationFailure)),
        ReceptionCase("no password against one", packet, expecting("s3cret"), .discarded(.authenticationMismatch)),
        ReceptionCase(
            "a password against none", with(password: "s3cret"), rules, .discarded(.authenticationMismatch)),
        ReceptionCase(
            "type 2, which stands for an authentication header", packet.with { $0.authenticationType = 2 }, rules,
            .discarded(.authenticationMismatch)),
        ReceptionCase(
            "type 3", packet.with { $0.authenticationType = 3 }, rules, .discarded(.authenticationType)),
        ReceptionCase(
            "type 255 against a password", packet.with { $0.authenticationType = 255 }, expecting("s3cret"),
            .discarded(.authenticationType)),
    ]

    @Test("Address lists", arguments: addressLists)
    func checkAddressLists(_ reception: ReceptionCase) { #expect(reception.verdict == reception.expected) }

    private static let mismatch = packet.with { $0.addresses = [.v4(IPv4Address(192, 0, 2, 100))] }
    static let addressLists: [ReceptionCase] = [
        ReceptionCase("another list, counted", mismatch, rules, .accepted(.messageOnly, .addressListDiffers)),
        ReceptionCase(
            "another list, checked", mismatch, rules.with { $0.addressListMismatch = .discard },
            .discarded(.addressList)),
        ReceptionCase(
            "another list of the owner, checked", mismatch.with { $0.priority = 255 },
            rules.with { $0.addressListMismatch = .discard }, .accepted(.messageOnly, .addressListDiffers)),
    ]
}
