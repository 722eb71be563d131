import JSONDocument
import Testing
import VRRP

/// A frame by which a real router announced an address.
struct AnnouncementFrame: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: String
    let octets: [UInt8]

    var testDescription: String { name }

    /// All gratuitous ARP requests and neighbour advertisements.
    static func all(_ prefix: String) throws -> [AnnouncementFrame] {
        try JSONReader(FixtureFile.parse("vrrp-aux-frames.json")).elements().map { reader in
            AnnouncementFrame(
                name: try reader.member("name").string(), kind: try reader.member("kind").string(),
                octets: VRRPTests.octets(try reader.member("frame").string()))
        }.filter { $0.name.hasPrefix(prefix) }
    }
}

@Suite("Announcements of an address")
struct NeighborAnnouncementTests {
    @Test("A gratuitous ARP is the one of keepalived and FRR", arguments: try AnnouncementFrame.all("garp-"))
    func gratuitousARP(_ frame: AnnouncementFrame) throws {
        let address = IPv4Address(rawValue: frame.octets.span.uint32(at: 28))
        var octets: [UInt8] = []
        NeighborAnnouncement.appendGratuitousARP(
            address, from: MACAddress(in: frame.octets.span, at: 6), to: &octets)
        #expect(octets.hexadecimal == frame.octets.hexadecimal)
    }

    @Test(
        "A neighbour advertisement is theirs, the Router flag always set", arguments: try AnnouncementFrame.all("na-"))
    func neighborAdvertisement(_ frame: AnnouncementFrame) throws {
        guard case .v6(let address) = IPAddress(.ipv6, in: frame.octets.span, at: 22) else {
            Issue.record("no IPv6 address in \(frame.name)")
            return
        }
        var octets: [UInt8] = []
        NeighborAnnouncement.appendNeighborAdvertisement(
            address, from: MACAddress(in: frame.octets.span, at: 6), to: &octets)
        #expect(octets.hexadecimal == frame.withRouterFlag.hexadecimal)
    }

    @Test("An announcement goes behind what the buffer holds already, its checksum unchanged")
    func appending() {
        let address = IPv6Address(high: 0xfe80 << 48, low: 0x64)
        let source = MACAddress(rawValue: 0x0000_5e00_0201)
        var alone: [UInt8] = []
        NeighborAnnouncement.appendNeighborAdvertisement(address, from: source, to: &alone)
        var behind: [UInt8] = [1, 2, 3]
        NeighborAnnouncement.appendNeighborAdvertisement(address, from: source, to: &behind)
        #expect(Array(behind.dropFirst(3)) == alone)
    }
}

extension AnnouncementFrame {
    /// The frame as a forwarding router sends it: keepalived leaves the flag out where forwarding is disabled.
    fileprivate var withRouterFlag: [UInt8] {
        let flags = 14 + 40 + 4
        guard octets[flags] & 0x80 == 0 else { return octets }
        var copy = octets
        copy[flags] |= 0x80
        let checksum = InternetChecksum.updated(
            octets.span.uint16(at: flags - 2), replacing: octets.span.uint16(at: flags),
            with: copy.span.uint16(at: flags))
        copy.setUInt16(checksum, at: flags - 2)
        return copy
    }
}
