import Testing
import VRRP

@Suite("What is encoded decodes to the same")
struct RoundTripTests {
    @Test("Random values of every field", arguments: 0..<20 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<50 {
            let sender = try RandomSender(using: &generator)
            var message: [UInt8] = []
            sender.contents.encode(
                priority: sender.priority, source: sender.source, destination: sender.destination,
                checksum: sender.checksum, into: &message)

            let header = try #require(Advertisement.read(message))
            #expect(header.version == sender.contents.version.rawValue)
            #expect(header.type == 1)
            #expect(header.virtualRouterID == sender.contents.virtualRouterID.rawValue)
            #expect(header.addressCount == sender.contents.addresses.count)
            #expect(header.intervalCentiseconds == Int(sender.contents.interval.centiseconds))
            #expect(header.authenticationType == sender.contents.authentication.typeCode)
            #expect(
                Advertisement.addresses(header.addressCount, of: sender.contents.family, in: message)
                    == sender.contents.addresses)

            let datagram = Datagram(source: sender.source, destination: sender.destination, hopLimit: 255)
            let advertisement = try #require(
                Verdict.of(message: message, datagram, under: sender.rules).advertisement, "seed \(seed)")
            #expect(advertisement.source == sender.source)
            #expect(advertisement.priority == sender.priority)
            #expect(advertisement.interval == sender.contents.interval)
            #expect(advertisement.warnings == [])
        }
    }
}

/// A sender whose every value is drawn from what is allowed.
private struct RandomSender {
    let contents: AdvertisementContents
    let priority: UInt8
    let source: IPAddress
    let destination: IPAddress
    let checksum: ChecksumForm

    init(using generator: inout SplitMix64) throws {
        let version: ProtocolVersion = Bool.random(using: &generator) ? .v2 : .v3
        let family: AddressFamily = version == .v3 && Bool.random(using: &generator) ? .ipv6 : .ipv4
        let isUnicast = Bool.random(using: &generator)
        let interval =
            switch version {
            case .v2: Int.random(in: 1...255, using: &generator) * 100
            case .v3: Int.random(in: 1...4095, using: &generator)
            }
        let count = [1, 2, 255, Int.random(in: 1...30, using: &generator)].randomElement(using: &generator) ?? 1
        var addresses = (0..<count).map { _ in Self.address(family, using: &generator) }
        if case .v6(let first) = addresses[0] {
            addresses[0] = .v6(IPv6Address(high: 0xfe80 << 48, low: first.low))
        }
        let password = SimpleTextPassword(String("secret42".prefix(Int.random(in: 1...8, using: &generator))))
        let authentication =
            version == .v2 && Bool.random(using: &generator) ? password.map(Authentication.simpleText) : nil
        contents = AdvertisementContents(
            version: version, family: family,
            virtualRouterID: try #require(VirtualRouterID(rawValue: .random(in: 1...255, using: &generator))),
            interval: try #require(AdvertisementInterval(centiseconds: interval)), addresses: addresses,
            authentication: authentication ?? .none)
        priority = .random(in: 0...255, using: &generator)
        let number = UInt32.random(in: 1...0x00ff_ffff, using: &generator)
        switch family {
        case .ipv4: source = .v4(IPv4Address(rawValue: 0x0a00_0000 | number))
        case .ipv6: source = .v6(IPv6Address(high: 0xfe80 << 48, low: UInt64(number)))
        }
        destination = isUnicast ? (family == .ipv4 ? Bench.local : Bench.local6) : family.vrrpGroup
        let forms: [ChecksumForm] = [.pseudoHeader, .messageOnly] + (isUnicast ? [.pseudoHeaderOfGroup] : [])
        checksum = family == .ipv6 ? .pseudoHeader : forms.randomElement(using: &generator) ?? .pseudoHeader
    }

    /// The rules of a receiver that is configured alike, and strictly.
    var rules: ReceptionRules {
        var rules = ReceptionRules(
            version: contents.version, family: contents.family, interval: contents.interval,
            authentication: contents.authentication, addresses: contents.addresses)
        rules.addressListMismatch = .discard
        rules.destination = destination
        if !destination.isMulticast { rules.peers = [.init(address: source, minimumHopLimit: 255)] }
        return rules
    }

    private static func address(_ family: AddressFamily, using generator: inout SplitMix64) -> IPAddress {
        switch family {
        case .ipv4: .v4(IPv4Address(rawValue: .random(in: 0...UInt32.max, using: &generator)))
        case .ipv6: .v6(IPv6Address(high: generator.next(), low: generator.next()))
        }
    }
}
