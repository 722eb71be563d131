import Glibc
import NetworkLab
import Testing
import VRRP

@testable import LinuxHost

@Suite("The watch of who claims addresses", .needs([.root, .iproute2, .networkNamespaces, .veth]))
struct ClaimWatchTests {
    private static let ours: [IPAddress] = ["192.0.2.100", "2001:db8:0:1::64"].compactMap { IPAddress($0) }

    /// Waits until as much was heard as there should be, and a moment longer.
    private static func hear(_ watch: ClaimWatch, count: UInt64) throws -> [ClaimSocket.Sighting: UInt64] {
        var heard: [ClaimSocket.Sighting: UInt64] = [:]
        for _ in 0..<500 where heard.values.reduce(0, +) < count {
            heard.merge(watch.takeNews(), uniquingKeysWith: +)
            usleep(10_000)
        }
        usleep(500_000)
        heard.merge(watch.takeNews(), uniquingKeysWith: +)
        return heard
    }

    @Test("It hears on every interface who claims an address that matters, by ARP and by advertisement, and how often")
    func hearing() async throws {
        let (heard, interface, macAddress) = try await Namespace.run {
            try Namespace.makePair()
            let watch = try ClaimWatch(ringing: try Bell())
            defer { watch.stop() }
            watch.follow(Set(Self.ours))
            usleep(50_000)
            var sender = try FrameSender()
            let macAddress = MACAddress(rawValue: 0x0200_0000_0099)
            let interface = try index(of: "a")
            for address in Self.ours + Self.ours + [try #require(IPAddress("192.0.2.7"))] {
                sender.append(interfaceIndex: interface) { octets in
                    switch address {
                    case .v4(let address):
                        NeighborAnnouncement.appendGratuitousARP(address, from: macAddress, to: &octets)
                    case .v6(let address):
                        NeighborAnnouncement.appendNeighborAdvertisement(address, from: macAddress, to: &octets)
                    }
                }
            }
            var failures = SendFailures()
            sender.flush(failures: &failures)
            return (try Self.hear(watch, count: 4), try index(of: "b"), macAddress)
        }
        let expected = Self.ours.map { address in
            (ClaimSocket.Sighting(claim: NeighborClaim(address, at: macAddress), interfaceIndex: interface), UInt64(2))
        }
        #expect(heard == Dictionary(uniqueKeysWithValues: expected))
    }
}
