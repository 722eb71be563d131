import Testing
import VRRP

@Suite("Adverts of real routers")
struct CapturedVectorTests {
    @Test("There are thirty of them")
    func count() throws {
        #expect(try CapturedVector.all().count == 30)
    }

    @Test("The frame of each leads to its envelope and its message", arguments: try CapturedVector.all())
    func frame(_ vector: CapturedVector) throws {
        let found = try #require(IPPacket.read(vector.frame))
        var datagram = vector.datagram
        datagram.authenticationHeader = found.datagram.authenticationHeader
        #expect(found.datagram == datagram)
        #expect((datagram.authenticationHeader != nil) == vector.needsAuthenticationHeader)
        #expect(Array(vector.frame[found.message]) == vector.message)
        #expect(MACAddress.read(vector.frame).destination == vector.destinationMAC)
        #expect(MACAddress.read(vector.frame).source == vector.sourceMAC)
    }

    @Test("Each decodes to its known fields", arguments: try CapturedVector.all())
    func decode(_ vector: CapturedVector) throws {
        let header = try #require(Advertisement.read(vector.message))
        #expect(header.version == vector.version.rawValue)
        #expect(header.type == vector.decoded.type)
        #expect(header.virtualRouterID == vector.decoded.virtualRouterID)
        #expect(header.priority == vector.decoded.priority)
        #expect(header.addressCount == vector.decoded.addressCount)
        #expect(header.intervalCentiseconds == vector.decoded.intervalCentiseconds)
        #expect(header.authenticationType == vector.decoded.authenticationType)
        #expect(header.checksum == vector.decoded.checksum)
        let length = Advertisement.length(
            version: vector.version, family: vector.family, addressCount: header.addressCount)
        #expect(length == vector.message.count)
        let addresses = Advertisement.addresses(header.addressCount, of: vector.family, in: vector.message)
        #expect(addresses == vector.decoded.addresses)
    }

    @Test("Each gets the verdict that it deserves", arguments: try CapturedVector.all())
    func verdict(_ vector: CapturedVector) throws {
        var rules = try vector.rules()
        switch vector.expectation {
        case "ok:needs-ah":
            let verdict = Verdict.of(message: vector.message, vector.datagram, under: rules)
            #expect(verdict == .discarded(.authenticationMismatch))
            var others = rules
            others.authentication = .authenticationHeader(key: try #require(SimpleTextPassword("s3cre")))
            #expect(Verdict.of(frame: vector.frame, under: others) == .discarded(.authenticationFailure))
        case "ok:first-not-linklocal-tolerated":
            #expect(Verdict.of(frame: vector.frame, under: rules) == .discarded(.addressList))
            rules.requiresLinkLocalFirst = false
        case "ok", "ok:auth-pass", "ok:pseudo-header":
            break
        default:
            Issue.record("a verdict that this test does not know: \(vector.expectation)")
        }
        if vector.datagram.hopLimit != 255 {
            #expect(Verdict.of(frame: vector.frame, under: rules) == .discarded(.hopLimit))
            rules.peers = [.init(address: vector.datagram.source, minimumHopLimit: vector.datagram.hopLimit)]
        }

        let advertisement = try #require(Verdict.of(frame: vector.frame, under: rules).advertisement)
        #expect(advertisement.source == vector.datagram.source)
        #expect(advertisement.priority == vector.decoded.priority)
        #expect(advertisement.interval.centiseconds == UInt16(vector.decoded.intervalCentiseconds))
        #expect(advertisement.checksumForm == (try vector.checksumForm()))
        #expect(
            advertisement.warnings
                == (vector.expectation == "ok:first-not-linklocal-tolerated" ? .firstAddressNotLinkLocal : []))
    }

    @Test(
        "Encoding the fields of each again gives the same octets",
        arguments: try CapturedVector.all())
    func encode(_ vector: CapturedVector) throws {
        var message: [UInt8] = []
        try vector.contents().encode(
            priority: vector.decoded.priority, source: vector.datagram.source,
            destination: vector.datagram.destination, checksum: vector.checksumForm(), into: &message)
        #expect(message == vector.message)
    }

    @Test(
        "A template has the Ethernet header, the envelope and the message of the original",
        arguments: try CapturedVector.all())
    func template(_ vector: CapturedVector) throws {
        let template = AdvertisementTemplate(
            try vector.contents(), priority: vector.decoded.priority, source: vector.datagram.source,
            destination: vector.datagram.destination, checksum: try vector.checksumForm(),
            sourceMAC: vector.sourceMAC, destinationMAC: vector.destinationMAC)
        #expect(template.frame.count == vector.frame.count)
        #expect(template.frame[..<14] == vector.frame[..<14])
        #expect(Array(template.frame[template.messageOffset...]) == vector.message)
        let packet = try #require(IPPacket.read(template.frame))
        #expect(packet.datagram.source == vector.datagram.source)
        #expect(packet.datagram.destination == vector.datagram.destination)
        #expect(packet.datagram.hopLimit == 255)
    }
}

extension CapturedVector {
    /// The form that the codec must name.
    func checksumForm() throws -> ChecksumForm {
        if checksumValidAs.contains("nopseudo") { return .messageOnly }
        if checksumValidAs.contains("pseudo") { return .pseudoHeader }
        #expect(checksumValidAs == ["pseudo_mcast"])
        return .pseudoHeaderOfGroup
    }
}
