import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("What a router needs before it takes part", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct ReadinessTests {
    @Test("Case 10: adverts come from the primary address, and from the new one after it has changed")
    func primaryAddress() async throws {
        try await Lab.with { lab in
            let tap = try await lab.tap(keeping: \.isVRRP)
            let device = try await lab.device(addresses: ["192.0.2.10/24", "192.0.2.11/24"])
            try await device.namespace.set(["net.ipv4.conf.all.promote_secondaries": "1"])
            let daemon = try await VRRPDaemon.start(
                on: device,
                .routers([
                    RouterText.router(
                        addresses: ["192.0.2.9/24"], with: ["priority": 255, "advertisementIntervalMilliseconds": 200])
                ]))
            try await daemon.waitForState(.active, of: "VR")
            try await daemon.status(when: "address present") { try $0.router().presentAddresses.count == 1 }
            let sources = Set(tap.frames.entries().compactMap { $0.packet?.source })
            #expect(sources == [IPAddress("192.0.2.10")])

            try await device.ip("addr del 192.0.2.10/24 dev eth0")
            try await tap.next("advert from the new address", within: .seconds(15)) {
                $0.packet?.source == IPAddress("192.0.2.11")
            }
            tap.skipToNow()
            try await tap.next("another one", within: .seconds(15)) { $0.packet?.source == IPAddress("192.0.2.11") }
            let fromVirtual = tap.frames { $0.packet?.source == IPAddress("192.0.2.9") }
            #expect(fromVirtual.isEmpty)
        }
    }

    @Test("Case 11: a router without an address to send from stays in Initialize and silent until it has one")
    func noAddress() async throws {
        try await Lab.with { lab in
            let tap = try await lab.tap { $0.isVRRP || $0.isAnnouncement }
            let device = try await lab.device()
            try await device.ip("addr del 192.0.2.10/24 dev eth0", "addr del fe80::ff:fe00:a/64 dev eth0")
            let daemon = try await VRRPDaemon.start(
                on: device,
                .routers([
                    RouterText.router("V4", with: ["priority": 255]),
                    RouterText.router("V6", family: .ipv6, with: ["priority": 255]),
                ]))
            try await daemon.process.waitForLine(containing: "V6: cannot take part", within: .seconds(10))
            try await Task.sleep(for: .milliseconds(1200))
            #expect(try await daemon.status().routers.allSatisfy { $0.state == .initialize && $0.faultCount > 0 })
            #expect(tap.frames.entries().isEmpty)

            try await device.ip("addr add 192.0.2.10/24 dev eth0", "addr add fe80::ff:fe00:a/64 dev eth0 nodad")
            for name in ["V4", "V6"] { try await daemon.waitForState(.active, of: name) }
            try await tap.next("IPv6 advert", within: .seconds(15)) {
                $0.packet?.source == IPAddress("fe80::ff:fe00:a")
            }
        }
    }

    @Test("Case 23: nothing is sent while the interface of an address is missing, or somebody else has the vMAC's name")
    func notReady() async throws {
        try await Lab.with { lab in
            try await lab.addSegment("other")
            let tap = try await lab.tap { $0.isVRRP || $0.isAnnouncement }
            let device = try await lab.device()
            try await device.ip("link add name vrrp.78 type bridge")
            let address = try #require(RouterText.json("[{\"address\":\"192.0.2.100\",\"interface\":\"eth1\"}]"))
            let daemon = try await VRRPDaemon.start(
                on: device,
                .routers([
                    RouterText.router("elsewhere", with: ["priority": 255, "addresses": address]),
                    RouterText.router(
                        "virtual", id: 78, addresses: ["192.0.2.101"],
                        with: ["priority": 255, "virtualMAC": ["name": "vrrp.78"]]),
                ]))
            for name in ["elsewhere", "virtual"] {
                try await daemon.process.waitForLine(containing: "\(name): cannot take part", within: .seconds(10))
            }
            try await Task.sleep(for: .milliseconds(1200))
            #expect(try await daemon.status().routers.allSatisfy { $0.state == .initialize })
            #expect(tap.frames.entries().isEmpty)

            try await lab.addInterface("eth1", to: device, addresses: ["198.51.100.10/24"], segment: "other")
            try await daemon.waitForState(.active, of: "elsewhere")
            try await tap.next("advert", within: .seconds(15)) { $0.virtualRouterID == 77 }
            #expect(try await daemon.status().router("virtual").state == .initialize)
        }
    }
}
