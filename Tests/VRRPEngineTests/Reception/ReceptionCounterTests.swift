import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("5.5 Reception")
struct ReceptionCounterTests {
    struct Bad: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var reason: DiscardReason
        var router: VirtualRouterDefinition
        var change: @Sendable (inout ForgedAdvertisement) -> Void

        init(
            _ description: String, _ reason: DiscardReason, _ router: VirtualRouterDefinition = .example(),
            _ change: @escaping @Sendable (inout ForgedAdvertisement) -> Void
        ) {
            testDescription = description
            self.reason = reason
            self.router = router
            self.change = change
        }

        /// A packet one of whose octets behind the Ethernet header is another one.
        init(
            _ description: String, _ reason: DiscardReason, _ router: VirtualRouterDefinition = .example(),
            octet: Int, _ value: UInt8
        ) {
            self.init(description, reason, router) { $0.mutation = { $0[14 + octet] = value } }
        }
    }

    static let version2 = VirtualRouterDefinition.example { $0.version = .v2 }
    static let password = VirtualRouterDefinition.example {
        $0.version = .v2
        $0.authentication = .simpleText(SimpleTextPassword("s3cret")!)
    }
    static let six = VirtualRouterDefinition.example(family: .ipv6)

    static let bad: [Bad] = [
        Bad("83: IHL 4", .ipHeader, octet: 0, 0x44),
        Bad("83: a header longer than the packet", .ipHeader, octet: 0, 0x4f),
        Bad("a protocol that is not VRRP", .ipHeader, octet: 9, 17),
        Bad("101: a fragment", .ipHeader, octet: 6, 0x20),
        Bad("87: unicast to a router that uses multicast", .destination) { $0.destination = .literal("192.0.2.10") },
        Bad("85: from its own address", .source) { $0.source = .literal("192.0.2.10") },
        Bad("from a group", .ipHeader) { $0.source = .literal("224.0.0.5") },
        Bad("68: TTL 254", .hopLimit, octet: 8, 254),
        Bad("68: TTL 0", .hopLimit, octet: 8, 0),
        Bad("69: hop limit 64", .hopLimit, six, octet: 7, 64),
        Bad("80: version 2 to version 3", .version, octet: 20, 0x21),
        Bad("80: version 4", .version, octet: 20, 0x41),
        Bad("80: version 0", .version, octet: 20, 0x01),
        Bad("98: version 2 over IPv6", .version, six, octet: 40, 0x21),
        Bad("79: type 2", .type, octet: 20, 0x32),
        Bad("79: type 0", .type, octet: 20, 0x30),
        Bad("79: type 15", .type, octet: 20, 0x3f),
        Bad("72: three addresses of which two are there", .length, octet: 23, 3),
        Bad("71: no address", .length, octet: 23, 0),
        Bad("67: a checksum of zero", .checksum) {
            $0.mutation = { $0.replaceSubrange(14 + 26..<14 + 28, with: [0, 0]) }
        },
        Bad("67: a bit that flipped", .checksum, octet: 22, 201),
        Bad("97: IPv6 without pseudo-header", .checksum, six) {
            $0.contents.family = .ipv6; $0.mutation = Self.messageOnly
        },
        Bad("71: no address, with a length and checksum to match", .addressList) { $0.contents.addresses = [] },
        Bad("96: IPv6 whose first address is not link-local", .addressList, six) { $0.contents.addresses.reverse() },
        Bad(
            "76: another address where that is not tolerated", .addressList,
            .example {
                $0.interoperability.addressListMismatch = .discard
            }
        ) { $0.contents.addresses = [.literal("192.0.2.7")] },
        Bad("77: interval 0", .interval) { $0.mutation = { Self.setInterval(0, in: &$0) } },
        Bad("92: VRRPv2 with another interval", .interval, version2) { $0.contents.interval = .centiseconds(200) },
        Bad("90: VRRPv2 with a pseudo-header in its checksum", .checksum, version2) {
            $0.mutation = { frame in frame[14 + 26] ^= 0x5a }
        },
        Bad("93: an authentication that does not exist", .authenticationType, version2) {
            $0.mutation = { Self.setAuthentication(3, in: &$0) }
        },
        Bad("93: a password where none is expected", .authenticationMismatch, version2) {
            $0.contents.authentication = .simpleText(SimpleTextPassword("s3cret")!)
        },
        Bad("94: no password where one is expected", .authenticationMismatch, password) {
            $0.contents.authentication = .none
        },
        Bad("94: a wrong password", .authenticationFailure, password) {
            $0.contents.authentication = .simpleText(SimpleTextPassword("secret")!)
        },
    ]

    @Test("103: A packet that is rejected raises exactly its counter and changes nothing", arguments: bad)
    func rejected(_ bad: Bad) {
        var bench = Bench(bad.router)
        bench.run(until: 1.0)
        let before = bench.snapshot.state
        bench.hear(priority: 200, bad.change)
        let statistics = bench.snapshot.statistics
        let onInterface = bench.lab.snapshot(Bench.name).receivers.first!.discards
        #expect(statistics.discards.total + onInterface.total == 1)
        #expect(statistics.discards[bad.reason] + onInterface[bad.reason] == 1)
        #expect(statistics.advertisementsReceived == 0)
        #expect(bench.snapshot.state == before)
        bench.run(until: 3.609_375)
        #expect(bench.state == .active, "the timer went on")
    }

    @Test("74: A packet that is cut short raises the counter of its length, wherever it is cut")
    func cutShort() {
        for length in 0..<16 {
            var bench = Bench()
            bench.hear(priority: 200) {
                $0.mutation = { frame in
                    frame.removeLast(frame.count - 14 - 20 - length)
                    frame[14 + 3] = UInt8(20 + length)
                }
            }
            let onInterface = bench.lab.snapshot(Bench.name).receivers.first!.discards
            let discards = bench.snapshot.statistics.discards
            #expect(discards.total + onInterface.total == 1)
            #expect(discards[.length] + onInterface[.length] == 1, "\(length) octets")
        }
    }

    @Test("75, 78, 84: Other addresses, other intervals, and padding behind the packet are accepted")
    func accepted() {
        let changes: [(inout ForgedAdvertisement) -> Void] = [
            { $0.contents.addresses = [.literal("192.0.2.7")] },
            { $0.contents.addresses.reverse() },
            { $0.contents.interval = .centiseconds(4095) },
            { $0.mutation = { $0 += [0, 0, 0, 0, 0, 0] } },
            { $0.checksum = .messageOnly },
            { $0.source = .literal("203.0.113.9") },
        ]
        for change in changes {
            var bench = Bench()
            bench.hear(priority: 200, change)
            #expect(bench.snapshot.statistics.advertisementsReceived == 1)
            #expect(bench.snapshot.statistics.discards.total == 0)
        }
    }

    @Test("81: Adverts for identifiers that nobody has here are counted, each under its own")
    func unknownIdentifiers() {
        var bench = Bench()
        for id: VirtualRouterID in [5, 5, 200] {
            bench.lab.inject(.init(for: .example(id: id), from: Bench.higher, priority: 100), into: Bench.name)
        }
        let receiver = bench.lab.snapshot(Bench.name).receivers.first!
        #expect(receiver.interface == "eth0")
        #expect(receiver.foreignAdvertisements == [5: 2, 200: 1])
        #expect(receiver.discards[.virtualRouterID] == 3)
        #expect(bench.snapshot.statistics.discards.total == 0)
    }

    @Test("81: The same identifier on another interface is another virtual router")
    func otherInterface() {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.addInterface("eth1", to: "a", addresses: ["198.51.100.10/24"])
        let router = VirtualRouterDefinition.example()
        lab.start("a", [router, .example("other", id: 78, addresses: ["198.51.100.100"]) { $0.interface = "eth1" }])
        lab.inject(.init(for: router, from: Bench.higher, priority: 200), into: "a", interface: "eth1")
        let receivers = lab.snapshot("a").receivers
        #expect(receivers.first { $0.interface == "eth1" }?.foreignAdvertisements == [77: 1])
        #expect(lab.router("a")?.statistics.advertisementsReceived == 0)
    }

    @Test("A transmitted checksum that follows the peer takes the form of its last advert")
    func followsPeer() {
        var bench = Bench { $0.interoperability.transmittedChecksum = .followPeer }
        bench.hear(priority: 50) { $0.checksum = .messageOnly }
        bench.becomeActive()
        var rules = ReceptionRules(version: .v3, family: .ipv4)
        rules.acceptedChecksums = .messageOnly
        let advert = bench.adverts.last!
        let packet = IPPacket(ethernet: advert.frame.span)!
        #expect(rules.checksumForm(of: advert.frame.span.extracting(packet.message), packet.datagram) == .messageOnly)
    }

    @Test("The same complaint about the same router is reported once in ten seconds, each reason by itself")
    func reportsAreLimited() {
        var bench = Bench()
        for step in 0..<250 {
            bench.run(until: .milliseconds(Int64(step) * 100))
            bench.hear(priority: 200) { $0.mutation = { $0[14 + 8] = 64 } }
            bench.hear(priority: 200) { $0.mutation = { $0[14 + 22] = 201 } }
            bench.hear(priority: 200) { $0.contents.addresses = [.literal("192.0.2.7")] }
        }
        let reports = bench.lab.reports(from: Bench.name)
        func moments(_ isWanted: (Report) -> Bool) -> [Nanoseconds] {
            reports.filter { isWanted($0.report) }.map { $0.moment - .zero }
        }
        let expected: [Nanoseconds] = [0.0, 10.0, 20.0]
        #expect(moments { $0 == .discarded(router: "vr", .hopLimit, source: Bench.higher) } == expected)
        #expect(moments { $0 == .discarded(router: "vr", .checksum, source: Bench.higher) } == expected)
        #expect(moments { $0 == .warned(router: "vr", .addressListDiffers, source: Bench.higher) } == expected)
        #expect(bench.snapshot.statistics.discards[.hopLimit] == 250)
        #expect(bench.snapshot.statistics.addressListMismatches == 250)
    }

    // MARK: Octets that keep the checksum right

    private static func setInterval(_ centiseconds: UInt16, in frame: inout [UInt8]) {
        replace(wordAt: 14 + 20 + 4, by: centiseconds, in: &frame)
    }

    private static func setAuthentication(_ type: UInt8, in frame: inout [UInt8]) {
        replace(wordAt: 14 + 20 + 4, by: UInt16(type) << 8 | UInt16(frame[14 + 20 + 5]), in: &frame)
    }

    private static func replace(wordAt offset: Int, by new: UInt16, in frame: inout [UInt8]) {
        let old = frame.span.uint16(at: offset)
        let checksum = frame.span.uint16(at: 14 + 20 + 6)
        frame.setUInt16(new, at: offset)
        frame.setUInt16(InternetChecksum.updated(checksum, replacing: old, with: new), at: 14 + 20 + 6)
    }

    /// Makes the checksum of an IPv6 frame one over the message alone.
    @Sendable private static func messageOnly(_ frame: inout [UInt8]) {
        let start = 14 + 40
        frame.setUInt16(0, at: start + 6)
        var sum = InternetChecksum()
        sum.add(frame.span, from: start)
        frame.setUInt16(sum.field, at: start + 6)
    }
}
