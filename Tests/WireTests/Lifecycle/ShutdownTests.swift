import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("How an active router ends", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct ShutdownTests {
    @Test("Case 17: SIGTERM without hand-over sends one advert of priority 0, removes all addresses and ends with 0")
    func terminated() async throws {
        try await Lab.with { lab in
            let tap = try await lab.tap(keeping: \.isVRRP)
            let device = try await lab.device()
            let before = try await device.addresses()
            let daemon = try await VRRPDaemon.start(
                on: device,
                .routers([
                    RouterText.router("V4", with: ["priority": 255]),
                    RouterText.router("V6", family: .ipv6, with: ["priority": 255]),
                ]))
            for name in ["V4", "V6"] { try await daemon.waitForState(.active, of: name) }
            try await daemon.status(when: "all addresses present") { status in
                status.routers.allSatisfy { $0.presentAddresses.count == 2 }
            }
            #expect(try await daemon.stop().isSuccess)
            #expect(try await device.addresses() == before)
            try await Task.sleep(for: .milliseconds(300))
            for family in [AddressFamily.ipv4, .ipv6] {
                let adverts = tap.frames { $0.packet?.source.family == family }
                let farewells = adverts.filter { $0.advertisedPriority == 0 }
                #expect(farewells.count == 1)
                #expect(adverts.last?.advertisedPriority == 0)
                let message = try #require(farewells.first?.packet?.payload)
                let ordinary = try #require(adverts.first?.packet?.payload)
                #expect(message.prefix(6) == [0x31, 77, 0, 2, 0, 100])
                #expect(message.dropFirst(8) == ordinary.dropFirst(8))
                #expect(message.count == 8 + 2 * family.addressLength)
            }
        }
    }

    @Test("Case 19: when an active router is killed nobody says priority 0, and its backup waits its whole interval")
    func killed() async throws {
        try await Lab.with { lab in
            let tap = try await lab.tap(keeping: \.isVRRP)
            let hosts = [try await lab.device(), try await lab.injector()]
            let active = try await VRRPDaemon.start(
                on: hosts[0],
                .routers([RouterText.router(with: ["priority": 254, "advertisementIntervalMilliseconds": 500])]))
            try await active.waitForState(.active, of: "VR")
            let backup = try await VRRPDaemon.start(
                on: hosts[1],
                .routers([RouterText.router(with: ["priority": 100, "advertisementIntervalMilliseconds": 500])]))
            try await backup.status(when: "an advert heard") { try $0.router().counter("advertisement-rcvd") > 1 }
            active.kill()
            try await backup.waitForState(.active, of: "VR")
            let takeover = try await tap.next("advert of the backup", within: .seconds(15)) {
                $0.advertisedPriority == 100
            }
            let last = try #require(tap.frames(where: { $0.advertisedPriority == 254 }).last)
            // 3 × 500 ms and a skew of 156/256 of 500 ms.
            #expect(takeover.time - last.time > .milliseconds(1790))
            // One more interval and a skew where a loaded machine let the backup wake up late.
            #expect(takeover.time - last.time < .seconds(4))
            #expect(tap.frames(where: { $0.advertisedPriority == 0 }).isEmpty)
        }
    }
}
