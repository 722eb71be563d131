import JSONDocument
import VRRP

extension ReceptionVariant {
    /// Every packet of cases 65–102.
    static let all: [ReceptionVariant] =
        [
            checksums, hopLimits, lengths, truncations, intervals, types, versions, strangers, addressLists, envelopes,
            version2, ipv6, longMessages,
        ].flatMap(\.self)

    private static let checksums: [ReceptionVariant] = [
        ReceptionVariant(65, "checksum with pseudo-header", .accepted),
        ReceptionVariant(66, "checksum of the message alone", .accepted) { $0.checksum = .messageOnly },
        ReceptionVariant(
            66, "checksum of the message alone to a router that insists on the pseudo-header",
            with: ["interoperability": ["acceptedChecksums": "pseudo-header"]], .rejected("checksum-errors")
        ) { $0.checksum = .messageOnly },
        ReceptionVariant(67, "wrong checksum", .rejected("checksum-errors")) { $0.checksum = .damaged },
        ReceptionVariant(67, "checksum 0", .rejected("checksum-errors")) { $0.checksum = .value(0) },
    ]

    private static let hopLimits: [ReceptionVariant] =
        [254, 64, 1, 0].map { (limit: UInt8) in
            ReceptionVariant(68, "TTL \(limit)", .rejected("ip-ttl-errors")) { $0.envelope.hopLimit = limit }
        } + [ReceptionVariant(69, "hop limit 64", to: .ipv6, .rejected("ip-ttl-errors")) { $0.envelope.hopLimit = 64 }]

    private static let lengths: [ReceptionVariant] = [
        ReceptionVariant(71, "no address", .rejected("address-list-errors")) { $0.addresses = [] },
        ReceptionVariant(72, "count of 3 over 2 addresses", .rejected("packet-length-errors")) { $0.addressCount = 3 },
        ReceptionVariant(73, "four octets too many", .rejected("packet-length-errors")) { $0.trailer = [0, 0, 0, 0] },
    ]

    private static let truncations: [ReceptionVariant] = [0, 1, 4, 7, 8, 11, 15].map { (length: Int) in
        // Without its second octet the message is for no virtual router.
        let isForNobody = length < 2
        let reason = "packet-length-errors"
        return ReceptionVariant(
            74, "cut to \(length) octets", by: isForNobody ? .unknownRouter : .whole,
            isForNobody ? .rejectedForNobody(reason) : .rejected(reason)
        ) { $0.length = length }
    }

    private static let intervals: [ReceptionVariant] = [
        ReceptionVariant(70, "reserved bits set", .accepted) { $0.maximumInterval |= 0xf000 },
        ReceptionVariant(77, "interval 0", .rejected("interval-errors")) { $0.maximumInterval = 0 },
        ReceptionVariant(78, "interval 40.95 s", .accepted(also: ["interval-mismatches"])) {
            $0.maximumInterval = 4095
        },
    ]

    private static let types: [ReceptionVariant] = [0, 2, 15].map { (type: UInt8) in
        ReceptionVariant(79, "type \(type)", .rejected("invalid-type-pkts-rcvd")) { $0.type = type }
    }

    private static let versions: [ReceptionVariant] = [0, 1, 2, 4, 15].map { (version: UInt8) in
        ReceptionVariant(80, "version \(version)", .rejected("version-errors")) { $0.version = version }
    }

    private static let strangers: [ReceptionVariant] = [
        ReceptionVariant(
            81, "a virtual router that nobody knows", by: .unknownRouter, .rejectedForNobody("vrid-errors")),
        ReceptionVariant(
            81, "a virtual router of another interface", by: .otherInterface, .rejectedForNobody("vrid-errors")),
    ]

    private static let addressLists: [ReceptionVariant] = [
        ReceptionVariant(75, "other addresses", .accepted(also: ["address-list-mismatches"])) {
            $0.addresses = [.v4(IPv4Address(10, 1, 1, 1)), .v4(IPv4Address(10, 1, 1, 2))]
        },
        ReceptionVariant(75, "one address less", .accepted(also: ["address-list-mismatches"])) {
            $0.addresses.removeLast()
        },
        ReceptionVariant(75, "addresses in another order", .accepted(also: ["address-list-mismatches"])) {
            $0.addresses.reverse()
        },
        ReceptionVariant(
            76, "other addresses to a router that compares", to: .version2,
            with: ["interoperability": ["addressListMismatch": "discard"]], .rejected("address-list-errors")
        ) { $0.addresses.reverse() },
        ReceptionVariant(
            76, "other addresses from their owner to a router that compares", to: .version2,
            with: ["interoperability": ["addressListMismatch": "discard"]], .accepted(also: ["address-list-mismatches"])
        ) {
            $0.addresses.reverse()
            $0.priority = 255
        },
    ]

    private static let envelopes: [ReceptionVariant] = [
        ReceptionVariant(82, "IP header of 6 words", .accepted) { $0.envelope.options = routerAlert },
        ReceptionVariant(82, "IP header of 15 words", .accepted) {
            $0.envelope.options = routerAlert + [UInt8](repeating: 1, count: 36)
        },
        ReceptionVariant(83, "IP header of 4 words", .unheard) { $0.envelope.headerWords = 4 },
        ReceptionVariant(83, "IP header longer than the packet", .unheard) { $0.envelope.headerWords = 15 },
        ReceptionVariant(84, "Ethernet padding", .accepted) { $0.envelope.padding = 0xff },
        ReceptionVariant(85, "the router's own source address", .rejected("source-errors")) {
            $0.envelope.source = .v4(IPv4Address(192, 0, 2, 10))
        },
        ReceptionVariant(86, "source of another subnet", .accepted) {
            $0.envelope.source = .v4(IPv4Address(203, 0, 113, 7))
        },
        ReceptionVariant(87, "unicast to a router that uses multicast", .rejected("destination-errors")) {
            $0.envelope.destination = .v4(IPv4Address(192, 0, 2, 10))
            $0.envelope.destinationMAC = StandardHosts.deviceMAC
        },
        ReceptionVariant(88, "physical source MAC", .accepted) {
            $0.envelope.sourceMAC = StandardHosts.injectorMAC
        },
        ReceptionVariant(101, "IP fragments", by: .fragments(8), .accepted),
    ]

    private static let version2: [ReceptionVariant] = [
        ReceptionVariant(89, "VRRPv2", to: .version2, .accepted),
        ReceptionVariant(89, "garbage in the unused authentication data", to: .version2, .accepted) {
            $0.authenticationData = [0xde, 0xad, 0xbe, 0xef, 1, 2, 3, 4]
        },
        ReceptionVariant(90, "VRRPv2 checksum with pseudo-header", to: .version2, .rejected("checksum-errors")) {
            $0.checksum = .pseudoHeader
        },
        ReceptionVariant(91, "VRRPv2 without authentication data", to: .version2, .rejected("packet-length-errors")) {
            $0.authenticationData = []
        },
        ReceptionVariant(92, "VRRPv2 interval of 2 s", to: .version2, .rejected("interval-errors")) {
            $0.intervalSeconds = 2
        },
        ReceptionVariant(
            93, "authentication type 1 to a router without", to: .version2, .rejected("auth-type-mismatch")
        ) {
            $0.authenticationType = 1
        },
        ReceptionVariant(93, "authentication type 3", to: .version2, .rejected("invalid-auth-type")) {
            $0.authenticationType = 3
        },
        ReceptionVariant(94, "the right password", to: .version2, with: password, .accepted) {
            $0.authenticationType = 1
            $0.authenticationData = Array("s3cret".utf8) + [0, 0]
        },
        ReceptionVariant(94, "a wrong password", to: .version2, with: password, .rejected("auth-failures")) {
            $0.authenticationType = 1
            $0.authenticationData = Array("s3creT".utf8) + [0, 0]
        },
        ReceptionVariant(94, "no password", to: .version2, with: password, .rejected("auth-type-mismatch")),
        ReceptionVariant(102, "an authentication header in front", to: .version2, .unheard) {
            $0.envelope.protocolNumber = 51
        },
    ]

    private static let ipv6: [ReceptionVariant] = [
        ReceptionVariant(95, "VRRPv3 over IPv6", to: .ipv6, .accepted),
        ReceptionVariant(96, "first address not link-local", to: .ipv6, .rejected("address-list-errors")) {
            $0.addresses.removeFirst()
        },
        ReceptionVariant(96, "link-local address last", to: .ipv6, .rejected("address-list-errors")) {
            $0.addresses.reverse()
        },
        ReceptionVariant(
            96, "link-local address last to a router that does not mind", to: .ipv6,
            with: ["interoperability": ["requiresLinkLocalFirst": false]], .accepted(also: ["address-list-mismatches"])
        ) { $0.addresses.reverse() },
        ReceptionVariant(97, "IPv6 checksum without pseudo-header", to: .ipv6, .rejected("checksum-errors")) {
            $0.checksum = .messageOnly
        },
        ReceptionVariant(98, "version 2 over IPv6", to: .ipv6, .rejected("version-errors")) {
            $0.version = 2
            $0.checksum = .pseudoHeader
        },
        ReceptionVariant(99, "global IPv6 source", to: .ipv6, .accepted) {
            $0.envelope.source = .v6(IPv6Address(high: 0x2001_0db8_0000_0001, low: 0x20))
        },
    ]

    private static let longMessages: [ReceptionVariant] = [
        ReceptionVariant(100, "255 IPv4 addresses", .accepted(also: ["address-list-mismatches"])) {
            $0.addresses = (0..<255).map { .v4(IPv4Address(10, 1, 1, UInt8($0))) }
        },
        ReceptionVariant(
            100, "255 IPv6 addresses in fragments", to: .ipv6, by: .fragments(1400),
            .accepted(also: ["address-list-mismatches"])
        ) {
            $0.addresses = (0..<255).map { .v6(IPv6Address(high: 0xfe80_0000_0000_0000, low: 0x9900 + $0)) }
        },
    ]

    /// The IPv4 option router alert (RFC 2113).
    private static let routerAlert: [UInt8] = [0x94, 4, 0, 0]
    private static let password: JSONObject = ["authentication": ["type": "simple-text", "password": "s3cret"]]
}
