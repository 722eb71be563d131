import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("Interfaces that fail and come back", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct InterfaceTests {
    @Test("Case 21: without carrier a router gives its addresses up, and with it again listens for its whole interval")
    func carrier() async throws {
        try await Lab.with { lab in
            let tap = try await lab.tap(keeping: \.isVRRP)
            let device = try await lab.device()
            let daemon = try await VRRPDaemon.start(
                on: device,
                .routers([RouterText.router(with: ["priority": 254])]))
            try await daemon.waitForState(.active, of: "VR")
            try await daemon.status(when: "addresses present") { try $0.router().presentAddresses.count == 2 }

            let position = daemon.process.lines.end
            try await lab.fail(device, .unplugged)
            try await daemon.waitForState(.initialize, of: "VR", after: position)
            try await daemon.status(when: "no addresses") { try $0.router().presentAddresses.isEmpty }
            #expect(try await !device.addresses().contains { $0.hasPrefix("192.0.2.10") && $0 != "192.0.2.10/24" })

            tap.skipToNow()
            let healing = Timestamp.now
            try await lab.heal(device)
            try await daemon.waitForState(.backup, of: "VR", after: position)
            try await daemon.waitForState(.active, of: "VR", after: position)
            let advert = try await tap.next("advert", within: .seconds(5)) { _ in true }
            // Three intervals and a skew of 2/256 of a second.
            #expect(advert.time - healing > .seconds(3))
            #expect(try await daemon.status().router().counter("master-transitions") == 2)
        }
    }

    @Test(
        "Case 22: an interface that is deleted and made again carries its router again, without a restart",
        .needs([.macvlan]), arguments: [false, true])
    func recreated(_ usesVirtualMAC: Bool) async throws {
        try await Lab.with { lab in
            let tap = try await lab.tap(keeping: \.isVRRP)
            let device = try await lab.device()
            var router = RouterText.router(with: ["advertisementIntervalMilliseconds": 200])
            if usesVirtualMAC { router["virtualMAC"] = ["name": "vrrp.77"] }
            let daemon = try await VRRPDaemon.start(on: device, .routers([router]))
            try await daemon.waitForState(.active, of: "VR")
            let position = daemon.process.lines.end
            try await lab.removeInterface(of: device)
            try await daemon.waitForState(.initialize, of: "VR", after: position)
            tap.skipToNow()
            try await lab.restoreInterface(of: device)
            try await daemon.waitForState(.active, of: "VR", after: position)
            let advert = try await tap.next("advert", within: .seconds(5)) { $0.virtualRouterID == 77 }
            #expect(advert.packet?.source == IPAddress("192.0.2.10"))
            try await daemon.status(when: "addresses present") { try $0.router().presentAddresses.count == 2 }
            let holder = usesVirtualMAC ? "vrrp.77" : "eth0"
            #expect(try await device.addresses(of: holder).contains("192.0.2.100/32"))
        }
    }
}
