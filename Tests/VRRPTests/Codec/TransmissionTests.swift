import Testing
import VRRP

@Suite("The octets of an advert")
struct TransmissionTests {
    private func contents(
        _ version: ProtocolVersion = .v3, _ family: AddressFamily = .ipv4, interval: Int = 100,
        _ authentication: Authentication = .none
    ) throws -> AdvertisementContents {
        AdvertisementContents(
            version: version, family: family, virtualRouterID: try #require(VirtualRouterID(rawValue: 77)),
            interval: try #require(AdvertisementInterval(centiseconds: interval)),
            addresses: family == .ipv4 ? Bench.addresses : Bench.addresses6, authentication: authentication)
    }

    private func message(
        _ contents: AdvertisementContents, priority: UInt8 = 100, _ checksum: ChecksumForm = .pseudoHeader
    ) -> [UInt8] {
        var octets: [UInt8] = []
        contents.encode(
            priority: priority, source: contents.family == .ipv4 ? Bench.local : Bench.local6,
            destination: contents.family.vrrpGroup, checksum: checksum, into: &octets)
        return octets
    }

    private func form(_ message: [UInt8], _ family: AddressFamily = .ipv4) -> ChecksumForm? {
        ReferenceChecksum.form(
            of: message, source: family == .ipv4 ? Bench.local : Bench.local6, destination: family.vrrpGroup)
    }

    @Test("VRRPv3: version and type, identifier, priority, count, interval without reserved bits")
    func version3() throws {
        let octets = message(try contents())
        #expect(octets[..<6] == [0x31, 77, 100, 2, 0x00, 0x64])
        #expect(octets.count == 16)
    }

    @Test(
        "VRRPv3 carries 10 ms to 40.95 s",
        arguments: [(4095, [0x0f, 0xff]), (1, [0x00, 0x01]), (256, [0x01, 0x00])] as [(Int, [UInt8])])
    func interval(_ centiseconds: Int, _ octets: [UInt8]) throws {
        #expect(Array(message(try contents(interval: centiseconds))[4..<6]) == octets)
    }

    @Test("No interval of 0, none beyond what the version can carry")
    func intervalsOutOfRange() throws {
        #expect(AdvertisementInterval(centiseconds: 0) == nil)
        #expect(AdvertisementInterval(centiseconds: -1) == nil)
        #expect(AdvertisementInterval(centiseconds: 25_501) == nil)
        let tooLong = try #require(AdvertisementInterval(centiseconds: 4096))
        #expect(!tooLong.isRepresentable(in: .v3) && !tooLong.isRepresentable(in: .v2))
        let longest = try #require(AdvertisementInterval(centiseconds: 4095))
        #expect(longest.isRepresentable(in: .v3))
        let seconds = try #require(AdvertisementInterval(centiseconds: 25_500))
        #expect(seconds.isRepresentable(in: .v2) && !seconds.isRepresentable(in: .v3))
        let fraction = try #require(AdvertisementInterval(centiseconds: 150))
        #expect(!fraction.isRepresentable(in: .v2) && fraction.isRepresentable(in: .v3))
    }

    @Test("VRRPv2: no authentication, whole seconds, eight zeros at the end")
    func version2() throws {
        let octets = message(try contents(.v2))
        #expect(octets[..<6] == [0x21, 77, 100, 2, 0, 1])
        #expect(octets.count == 16 + 4 * 2)
        #expect(octets.suffix(8).allSatisfy { $0 == 0 })
        #expect(form(octets) == .messageOnly)
        #expect(message(try contents(.v2, interval: 25_500))[5] == 255)
    }

    @Test("VRRPv2 with a password: it ends the message, and the checksum covers it")
    func password() throws {
        let password = try #require(SimpleTextPassword("s3cret"))
        let octets = message(try contents(.v2, .ipv4, interval: 100, .simpleText(password)))
        #expect(octets[4] == 1)
        #expect(octets.suffix(8) == [0x73, 0x33, 0x63, 0x72, 0x65, 0x74, 0, 0])
        #expect(form(octets) == .messageOnly)
    }

    @Test("A password has one to eight octets")
    func passwordLength() {
        #expect(SimpleTextPassword("") == nil)
        #expect(SimpleTextPassword("abcdefghi") == nil)
        #expect(SimpleTextPassword("äöüßé") == nil, "ten octets in five characters")
        #expect(SimpleTextPassword("abcdefgh")?.octets == 0x6162_6364_6566_6768)
        #expect(SimpleTextPassword("a")?.octets == 0x6100_0000_0000_0000)
    }

    @Test("The checksum form is a matter of VRRPv3 over IPv4 alone")
    func checksumForm() throws {
        #expect(form(message(try contents(), .pseudoHeader)) == .pseudoHeader)
        #expect(form(message(try contents(), .messageOnly)) == .messageOnly)
        for checksum in [ChecksumForm.pseudoHeader, .messageOnly] {
            #expect(form(message(try contents(.v2), checksum)) == .messageOnly)
            #expect(form(message(try contents(.v3, .ipv6), checksum), .ipv6) == .pseudoHeader)
        }
    }

    @Test("The sum with the group serves peers that expect it of unicast")
    func pseudoHeaderOfGroup() throws {
        let contents = try contents()
        var octets: [UInt8] = []
        contents.encode(
            priority: 100, source: Bench.local, destination: Bench.injector, checksum: .pseudoHeaderOfGroup,
            into: &octets)
        #expect(octets == message(contents, .pseudoHeader))
    }

    @Test("Addresses stand in the configured order", arguments: AddressFamily.allCases)
    func order(_ family: AddressFamily) throws {
        var contents = try contents(.v3, family)
        #expect(Advertisement.addresses(2, of: family, in: message(contents)) == contents.addresses)
        contents.addresses.reverse()
        #expect(Advertisement.addresses(2, of: family, in: message(contents)) == contents.addresses)
    }

    @Test("A message goes behind what the buffer holds already")
    func appending() throws {
        let contents = try contents()
        var octets: [UInt8] = [0xff, 0xff, 0xff]
        contents.encode(
            priority: 100, source: Bench.local, destination: contents.family.vrrpGroup, into: &octets)
        #expect(Array(octets.dropFirst(3)) == message(contents))
    }
}
