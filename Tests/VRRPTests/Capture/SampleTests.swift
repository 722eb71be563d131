import Testing
import VRRP

/// A message that is known from a capture or a report, and how its checksum reads.
struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    let message: [UInt8]
    let source: String
    let destination: String
    let form: ChecksumForm

    init(_ name: String, _ hexadecimal: String, from source: String, _ form: ChecksumForm) {
        self.name = name
        message = octets(hexadecimal)
        self.source = source
        destination = source.contains(":") ? "ff02::12" : "224.0.0.18"
        self.form = form
    }

    var testDescription: String { name }
}

@Suite("Sixteen samples with known checksums")
struct SampleTests {
    static let samples = [
        Sample(
            "1: MikroTik v2 with a password", "212abf03010af11f0a042a010a042a020a042a036162636465666768",
            from: "10.0.0.91", .messageOnly),
        Sample("2: MikroTik v2", "212bbf01000aea2e0a042b960000000000000000", from: "10.0.0.91", .messageOnly),
        Sample("3: MikroTik v3 IPv4", "312cbf0203e8b3c60a042c640a042cc8", from: "10.0.0.91", .pseudoHeader),
        Sample(
            "4: MikroTik v3 IPv6",
            "312dbf0203e8cfa0fe8000000000000002005efffe00022d200100000000000000000000abcd000a",
            from: "fe80::d6ca:6dff:fe66:cf60", .pseudoHeader),
        Sample(
            "5: MikroTik v3 IPv6, five addresses",
            "312ebf0503e85f12fe8000000000000002005efffe00022e200100000000000000000000eeff000a"
                + "200100000000000000000000eeff000b200100000000000000000000eeff000c"
                + "200100000000000000000000eeff000d",
            from: "fe80::d6ca:6dff:fe66:cf60", .pseudoHeader),
        Sample(
            "6: another MikroTik, v2 with a password",
            "212ac503010aeb1f0a042a010a042a020a042a036162636465666768", from: "10.0.0.97", .messageOnly),
        Sample(
            "7: another MikroTik, v2", "212bc501000ae42e0a042b960000000000000000", from: "10.0.0.97", .messageOnly),
        Sample(
            "8: another MikroTik, v3 IPv4", "312cc50203e8adc00a042c640a042cc8", from: "10.0.0.97", .pseudoHeader),
        Sample(
            "9: another MikroTik, v3 IPv6",
            "312dc50203e8d5ebfe8000000000000002005efffe00022d200100000000000000000000abcd000a",
            from: "fe80::20c:42ff:fe5e:c2dc", .pseudoHeader),
        Sample(
            "10: another MikroTik, v3 IPv6, five addresses",
            "312ec50503e8655dfe8000000000000002005efffe00022e200100000000000000000000eeff000a"
                + "200100000000000000000000eeff000b200100000000000000000000eeff000c"
                + "200100000000000000000000eeff000d",
            from: "fe80::20c:42ff:fe5e:c2dc", .pseudoHeader),
        Sample(
            "11: nDPI's capture, priority 100", "3124640103e8341bfe800000000000000000000000003636",
            from: "fe80::2", .pseudoHeader),
        Sample(
            "12: nDPI's capture, priority 105", "3124690103e82f1cfe800000000000000000000000003636",
            from: "fe80::1", .pseudoHeader),
        Sample(
            "13: keepalived issue 1490", "310296030064082db9cb70010a0000010a000801", from: "10.0.0.3", .pseudoHeader),
        Sample(
            "14: keepalived 2.2.7 v3 IPv4", "31389602006410f9c0000264c0000265", from: "192.0.2.10", .pseudoHeader),
        Sample(
            "14: keepalived 2.2.7 v3 IPv4 giving up", "313800020064a6f9c0000264c0000265", from: "192.0.2.10",
            .pseudoHeader),
        Sample(
            "15: keepalived 2.2.7 v2 with a password", "21349602010186e3c0000264c00002657333637265740000",
            from: "192.0.2.10", .messageOnly),
        Sample("16: FRR 8.4.4 v3 IPv4", "3105c8010064a196c0000264", from: "192.0.2.10", .pseudoHeader),
        Sample(
            "16: FRR 8.4.4 v3 IPv6", "3105c8010064b52e20010db8000000010000000000000064",
            from: "fe80::bed1:fe11:65ee:258", .pseudoHeader),
    ]

    @Test("The checksum of each reads as known, and in no other form", arguments: samples)
    func checksum(_ sample: Sample) throws {
        let datagram = Datagram(
            source: try #require(IPAddress(sample.source)), destination: try #require(IPAddress(sample.destination)),
            hopLimit: 255)
        let header = try #require(Advertisement.read(sample.message))
        var rules = ReceptionRules(
            version: try #require(ProtocolVersion(rawValue: header.version)), family: datagram.family,
            interval: try #require(AdvertisementInterval(centiseconds: header.intervalCentiseconds)))
        rules.requiresLinkLocalFirst = false
        if header.authenticationType == 1 {
            let text = String(decoding: sample.message.suffix(8).prefix { $0 != 0 }, as: UTF8.self)
            rules.authentication = .simpleText(try #require(SimpleTextPassword(text)))
        }
        let advertisement = try #require(Verdict.of(message: sample.message, datagram, under: rules).advertisement)
        #expect(advertisement.checksumForm == sample.form)
        #expect(
            ReferenceChecksum.form(of: sample.message, source: datagram.source, destination: datagram.destination)
                == sample.form)

        guard header.version == 3, datagram.family == .ipv4 else { return }
        rules.acceptedChecksums = sample.form == .pseudoHeader ? .messageOnly : .pseudoHeader
        #expect(Verdict.of(message: sample.message, datagram, under: rules) == .discarded(.checksum))
    }

    @Test("Sample 3 would carry 9eb4 in the form of RFC 9568")
    func otherForm() throws {
        let packet = SyntheticPacket().with {
            $0.virtualRouterID = 44
            $0.priority = 191
            $0.interval = 1000
            $0.addresses = [.v4(IPv4Address(10, 4, 44, 100)), .v4(IPv4Address(10, 4, 44, 200))]
            $0.checksum = .correct(.messageOnly)
        }
        #expect(packet.message == octets("312cbf0203e89eb40a042c640a042cc8"))
    }
}
