import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("Addresses of a daemon that died", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct LeftoverTests {
    private let address = "192.0.2.100"

    @Test("A daemon that starts after one that was killed takes the leftover away, listens, and only then has it back")
    func leftoverIsReconciled() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let file = KeepalivedInstance.file(KeepalivedInstance(priority: 150, interval: "1"))
            let first = try await VRRPDaemon.start(on: dut.host, .keepalived(file))
            try await first.waitForState(.active, of: "VI")
            try await dut.waitUntil(holds: true, address)
            first.kill()
            _ = try await first.process.waitForExit()
            #expect(try await dut.holds(address))

            let second = try await VRRPDaemon.start(on: dut.host, .keepalived(file))
            try await second.process.waitForLine(containing: "left behind by a dead process", within: .seconds(10))
            let before = second.process.lines.end
            try await dut.waitUntil(holds: false, address)
            try await second.waitForState(.active, of: "VI", after: before)
            try await dut.waitUntil(holds: true, address)
            #expect(try await second.stop() == .exited(0))
            #expect(try await !dut.holds(address))
        }
    }

    @Test("A leftover goes also when no definition names it any more, and an administrator's address stays")
    func forgottenLeftoverGoes() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            var instance = KeepalivedInstance(priority: 150, interval: "0.1")
            let first = try await VRRPDaemon.start(on: dut.host, .keepalived(KeepalivedInstance.file(instance)))
            try await first.waitForState(.active, of: "VI")
            try await dut.waitUntil(holds: true, address)
            first.kill()
            _ = try await first.process.waitForExit()
            try await dut.host.ip("addr add 192.0.2.200/32 dev eth0")

            instance.addresses = ["192.0.2.101"]
            let second = try await VRRPDaemon.start(on: dut.host, .keepalived(KeepalivedInstance.file(instance)))
            try await second.waitForState(.active, of: "VI")
            try await dut.waitUntil(holds: true, "192.0.2.101")
            try await dut.waitUntil(holds: false, address)
            #expect(try await dut.holds("192.0.2.200"))
            #expect(try await dut.holds("192.0.2.10"))
        }
    }

    @Test("An address that somebody deletes is put back and announced, and its router stays active")
    func deletedAddressIsPutBack() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let tap = try await lab.tap()
            let file = KeepalivedInstance.file(KeepalivedInstance(priority: 150, interval: "0.1"))
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(file))
            try await daemon.waitForState(.active, of: "VI")
            try await dut.waitUntil(holds: true, address)
            for round in 1...2 {
                let position = tap.frames.end
                try await dut.host.ip("addr del \(address)/32 dev eth0")
                try await daemon.status(when: "\(round) addresses put back") {
                    try $0.router("VI").counter("addresses-restored") == round
                }
                try await dut.waitUntil(holds: true, address)
                let address = address
                let announcement = await tap.frames.first(after: position, within: .seconds(15)) {
                    $0.announces(address)
                }
                #expect(announcement != nil)
            }
            let router = try await daemon.status().router("VI")
            #expect(router.state == .active)
            #expect(router.counter("master-transitions") == 1)
            #expect(tap.adverts().allSatisfy { $0.priority == 150 })
        }
    }

    @Test("A backup takes away what somebody configures, and a router that yields also what has another prefix length")
    func straysGo() async throws {
        try await Lab.with { lab in
            let (first, second) = (try await lab.node("a", 10), try await lab.node("b", 20))
            let addresses = ["192.0.2.100", "2001:db8:0:1::64"]
            func routers(_ priority: Int64) -> VRRPDaemon.Configuration {
                .routers([
                    RouterText.router("V4", addresses: [addresses[0]], with: ["priority": .integer(priority)]),
                    RouterText.router(
                        "V6", family: .ipv6, addresses: ["fe80::64", addresses[1]],
                        with: ["priority": .integer(priority)]),
                ])
            }
            let backup = try await VRRPDaemon.start(on: second.host, routers(100))
            for name in ["V4", "V6"] { try await backup.waitForState(.active, of: name) }
            for address in addresses { try await second.waitUntil(holds: true, address) }
            // While it stands still, or it would have put its own back before the other one comes.
            backup.pause()
            try await second.host.ip(
                "addr add \(addresses[0])/24 dev eth0", "addr del \(addresses[1])/128 dev eth0",
                "addr add \(addresses[1])/64 dev eth0 nodad")
            backup.resume()
            try await Task.sleep(for: .milliseconds(300))
            let active = try await VRRPDaemon.start(on: first.host, routers(200))
            for name in ["V4", "V6"] { try await active.waitForState(.active, of: name) }
            for address in addresses { try await second.waitUntil(holds: false, address) }

            try await second.host.ip(
                "addr add \(addresses[0])/24 dev eth0", "addr add \(addresses[1])/64 dev eth0 nodad")
            for address in addresses { try await second.waitUntil(holds: false, address) }
            try await backup.process.waitForLine(
                containing: "stands here although the router is not active", within: .seconds(10))
            #expect(try await backup.status().routers.allSatisfy { $0.state == .backup && $0.presentAddresses.isEmpty })
            for address in addresses { #expect(try await first.holds(address)) }
        }
    }
}
