import NetworkLab
import Testing
import VRRP

@Suite("The peers of the tests on the wire", .timeLimit(.minutes(1)))
struct PeerTests {
    @Test(
        "Of two keepaliveds the one with the higher priority is master, and the other one when that is killed",
        .needs(KeepalivedPeer.prerequisites))
    func keepalivedElects() async throws {
        try await Lab.with { lab in
            let hosts = [
                try await lab.host("a", addresses: ["192.0.2.10/24"]),
                try await lab.host("b", addresses: ["192.0.2.20/24"]),
            ]
            let tap = try await lab.tap(keeping: \.isVRRP)
            let a = try await KeepalivedPeer.start(on: hosts[0], configuration: keepalived(priority: 150))
            let b = try await KeepalivedPeer.start(on: hosts[1], configuration: keepalived(priority: 100))
            try await b.waitForState(.backup, instance: "VI", within: .seconds(10))
            try await a.waitForState(.master, instance: "VI", within: .seconds(10))
            let advert = try await tap.next("advert", within: .seconds(15)) { $0.packet?.payload[2] == 150 }
            #expect(advert.packet?.source == .v4(IPv4Address(192, 0, 2, 10)))
            #expect(advert.packet?.timeToLive == 255)
            #expect(try await hosts[0].addresses().contains("192.0.2.100/32"))
            #expect(try await !hosts[1].addresses().contains("192.0.2.100/32"))

            a.kill()
            try await b.waitForState(.master, instance: "VI", within: .seconds(10))
            #expect(try await a.process.waitForExit() == .signalled(9))
            #expect(hosts[0].namespace.isEmpty)
            try await b.stop()
            #expect(try await !hosts[1].addresses().contains("192.0.2.100/32"))
        }
    }

    @Test(
        "Of two FRR routers the one with the higher priority is master, and hands over when it is stopped",
        .needs(FRRPeer.prerequisites), arguments: [AddressFamily.ipv4, .ipv6])
    func frrElects(_ family: AddressFamily) async throws {
        try await Lab.with { lab in
            let hosts = [
                try await lab.host("a", addresses: ["192.0.2.10/24", "2001:db8:0:1::10/64", "fe80::ff:fe00:a/64"]),
                try await lab.host("b", addresses: ["192.0.2.20/24", "2001:db8:0:1::20/64", "fe80::ff:fe00:b/64"]),
            ]
            let texts = family == .ipv4 ? ["192.0.2.100"] : ["fe80::64", "2001:db8:0:1::64"]
            let id = try #require(VirtualRouterID(rawValue: 5))
            let addresses = texts.compactMap { IPAddress($0) }
            let tap = try await lab.tap(keeping: \.isVRRP)
            var router = FRRVirtualRouter(id: id, addresses: addresses, priority: 200)
            let a = try await FRRPeer.start(on: hosts[0], routers: [router])
            router.priority = 100
            let b = try await FRRPeer.start(on: hosts[1], routers: [router])
            try await a.waitForState(.master, within: .seconds(10))
            let advert = try await tap.next("advert", within: .seconds(15)) { $0.packet?.payload[2] == 200 }
            #expect(advert.source == .virtualRouter(id, family))
            #expect(advert.packet?.destination == family.vrrpGroup)
            #expect(try await a.status().contains("Master"))
            try await b.waitForState(.backup, within: .seconds(10))

            let position = b.process.lines.end
            try await a.stop()
            try await b.waitForState(.master, after: position, within: .seconds(10))
        }
    }

    private func keepalived(priority: Int) -> String {
        """
        global_defs {
            vrrp_garp_master_repeat 1
            vrrp_garp_master_delay 0
        }
        vrrp_instance VI {
            interface eth0
            virtual_router_id 77
            priority \(priority)
            advert_int 1
            virtual_ipaddress {
                192.0.2.100
            }
        }
        """
    }
}
