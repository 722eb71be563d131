import Testing
import VRRP

/// A sender with a version, a family and a checksum form, the three that decide how a frame is built.
struct TemplateCase: Sendable, CustomTestStringConvertible {
    let version: ProtocolVersion
    let family: AddressFamily
    let checksum: ChecksumForm
    /// The lower 16 bits of the last address; they can steer the checksum to any value.
    var tail: UInt16 = 0x0265

    var testDescription: String { "\(version), \(family), \(checksum)" }

    static let all = [
        TemplateCase(version: .v2, family: .ipv4, checksum: .messageOnly),
        TemplateCase(version: .v3, family: .ipv4, checksum: .pseudoHeader),
        TemplateCase(version: .v3, family: .ipv4, checksum: .messageOnly),
        TemplateCase(version: .v3, family: .ipv4, checksum: .pseudoHeaderOfGroup),
        TemplateCase(version: .v3, family: .ipv6, checksum: .pseudoHeader),
    ]

    func template(priority: UInt8) throws -> AdvertisementTemplate {
        let address: IPAddress =
            switch family {
            case .ipv4: .v4(IPv4Address(rawValue: 0xc000_0000 | UInt32(tail)))
            case .ipv6: .v6(IPv6Address(high: 0xfe80 << 48, low: UInt64(tail)))
            }
        let contents = AdvertisementContents(
            version: version, family: family, virtualRouterID: try #require(VirtualRouterID(rawValue: 51)),
            interval: .default, addresses: [address])
        return AdvertisementTemplate(
            contents, priority: priority, source: family == .ipv4 ? Bench.local : Bench.local6,
            destination: family.vrrpGroup, checksum: checksum,
            sourceMAC: .virtualRouter(contents.virtualRouterID, family),
            destinationMAC: .multicast(family.vrrpGroup))
    }

    /// The case whose advert with `priority` has `checksum` as the right value.
    func steered(to checksum: UInt16, priority: UInt8) throws -> TemplateCase {
        var copy = self
        copy.tail = 0
        let template = try copy.template(priority: priority)
        let field = template.frame.span.uint16(at: template.messageOffset + 6)
        // Adding the word w to the data takes w from the checksum, in one's complement.
        let word = (Int(field) + 0xffff - Int(checksum)) % 0xffff
        copy.tail = UInt16(word)
        return copy
    }
}

@Suite("An advert that is encoded once and patched")
struct AdvertisementTemplateTests {
    @Test("With every priority it equals the one that is encoded afresh", arguments: TemplateCase.all)
    func everyPriority(_ sender: TemplateCase) throws {
        let template = try sender.template(priority: 150)
        for priority in UInt8.min...UInt8.max {
            var arena: [UInt8] = [1, 2, 3]
            template.append(priority: priority, to: &arena)
            #expect(Array(arena.dropFirst(3)) == (try sender.template(priority: priority).frame))
        }
    }

    @Test("So it does where the checksum passes through zero", arguments: TemplateCase.all)
    func zeroChecksum(_ sender: TemplateCase) throws {
        for corner in [UInt8(0), 1, 150, 254, 255] {
            let steered = try sender.steered(to: 0, priority: corner)
            let template = try steered.template(priority: corner)
            #expect(template.frame.span.uint16(at: template.messageOffset + 6) == 0)
            for priority in [UInt8(0), 1, 100, 150, 254, 255] {
                var arena: [UInt8] = []
                template.append(priority: priority, to: &arena)
                #expect(arena == (try steered.template(priority: priority).frame))
                var back: [UInt8] = []
                try steered.template(priority: priority).append(priority: corner, to: &back)
                #expect(back == template.frame)
            }
        }
    }

    @Test("Several adverts share one buffer")
    func sharing() throws {
        let templates = try TemplateCase.all.map { try $0.template(priority: 150) }
        var arena: [UInt8] = []
        var expected: [UInt8] = []
        for (template, sender) in zip(templates, TemplateCase.all) {
            template.append(priority: 0, to: &arena)
            expected += try sender.template(priority: 0).frame
        }
        #expect(arena == expected)
    }

    @Test("The frame starts with the group's and the virtual router's MAC address")
    func ethernetHeader() throws {
        let ipv4 = try TemplateCase.all[1].template(priority: 150).frame
        #expect(ipv4.prefix(14).map(\.self).hexadecimal == "01005e00001200005e0001330800")
        let ipv6 = try TemplateCase.all[4].template(priority: 150).frame
        #expect(ipv6.prefix(14).map(\.self).hexadecimal == "33330000001200005e00023386dd")
    }

    @Test("The IP header has TTL 255, protocol 112, class CS6 and a right checksum")
    func ipHeader() throws {
        let ipv4 = try TemplateCase.all[1].template(priority: 150).frame
        #expect(ipv4[14] == 0x45 && ipv4[15] == 0xc0 && ipv4[22] == 255 && ipv4[23] == 112)
        #expect(ReferenceChecksum.isIntact(Array(ipv4[14..<34])))
        #expect(ipv4.span.uint16(at: 16) == UInt16(ipv4.count - 14))
        let ipv6 = try TemplateCase.all[4].template(priority: 150).frame
        #expect(ipv6[14] == 0x6c && ipv6[15] == 0 && ipv6[20] == 112 && ipv6[21] == 255)
        #expect(ipv6.span.uint16(at: 18) == UInt16(ipv6.count - 54))
    }

    @Test("Without a destination MAC address the Ethernet header is blank, the packet the same")
    func blankHeader() throws {
        let contents = AdvertisementContents(
            version: .v3, family: .ipv4, virtualRouterID: try #require(VirtualRouterID(rawValue: 51)),
            interval: .default, addresses: Bench.addresses)
        func frame(_ destinationMAC: MACAddress?) -> [UInt8] {
            AdvertisementTemplate(
                contents, priority: 100, source: Bench.local, destination: Bench.injector, checksum: .pseudoHeader,
                sourceMAC: MACAddress(rawValue: 0x0200_0000_000a), destinationMAC: destinationMAC
            ).frame
        }
        #expect(frame(nil).prefix(14).allSatisfy { $0 == 0 })
        #expect(frame(nil).dropFirst(14) == frame(.broadcast).dropFirst(14))
    }
}
