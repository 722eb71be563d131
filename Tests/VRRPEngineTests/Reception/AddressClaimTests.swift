import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Addresses of an active router that others claim")
struct AddressClaimTests {
    private static let stranger = MACAddress(rawValue: 0x0200_0000_0099)

    /// Lets the device hear a gratuitous ARP.
    private func hear(_ address: String, from macAddress: MACAddress, _ bench: inout Bench) {
        guard case .v4(let address)? = IPAddress(address) else { return }
        var frame: [UInt8] = []
        NeighborAnnouncement.appendGratuitousARP(address, from: macAddress, to: &frame)
        bench.lab.inject(frame, into: Bench.name)
    }

    private func reports(_ bench: Bench) -> [Report] {
        bench.lab.reports(from: Bench.name).map(\.report).filter {
            if case .addressClaimed = $0 { true } else { false }
        }
    }

    @Test("Each is counted and one in ten seconds is reported, with whose hardware address it was; the state stays")
    func counted() throws {
        var bench = Bench()
        let start = bench.becomeActive()
        let address = try #require(bench.router.addresses.first?.address)
        for second in 2...13 {
            bench.run(until: start + .seconds(Int64(second)))
            hear("\(address)", from: Self.stranger, &bench)
        }
        #expect(bench.state == .active)
        #expect(bench.snapshot.statistics.addressClaims == 12)
        let report = Report.addressClaimed(router: "vr", address, macAddress: Self.stranger)
        #expect(reports(bench) == [report, report])
        #expect(
            "\(report)" == "vr: 02:00:00:00:00:99 says that \(address) is there, while this router is active")
    }

    @Test("A backup takes no offence, nor does a router that has just become active: the one before may still speak")
    func change() throws {
        var bench = Bench()
        let address = try #require(bench.router.addresses.first?.address)
        hear("\(address)", from: Self.stranger, &bench)
        let start = bench.becomeActive()
        bench.run(until: start + .milliseconds(999))
        hear("\(address)", from: Self.stranger, &bench)
        #expect(bench.snapshot.statistics.addressClaims == 0)
        bench.run(until: start + 1.0)
        hear("\(address)", from: Self.stranger, &bench)
        #expect(bench.snapshot.statistics.addressClaims == 1)
    }

    @Test("What the node says itself, what all routers of the identifier say, and other addresses do not count")
    func ownWords() throws {
        var bench = Bench()
        let start = bench.becomeActive()
        bench.run(until: start + 2.0)
        let address = try #require(bench.router.addresses.first?.address)
        let interface = try #require(bench.lab.announcements(from: Bench.name).first?.announcement.macAddress)
        hear("\(address)", from: interface, &bench)
        hear("\(address)", from: .virtualRouter(bench.router.virtualRouterID, .ipv4), &bench)
        hear("192.0.2.10", from: Self.stranger, &bench)
        hear("198.51.100.1", from: Self.stranger, &bench)
        #expect(bench.snapshot.statistics.addressClaims == 0 && reports(bench) == [])
    }
}
