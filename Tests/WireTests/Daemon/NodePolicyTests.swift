import NetworkLab
import Testing
import VRRP

@Suite("What a keepalived.conf asks of the node", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct NodePolicyTests {
    private static func file(_ global: String, _ lines: String...) -> String {
        let instance = KeepalivedInstance(priority: 150, interval: "0.1", lines: lines)
        return "global_defs {\n\(global)\n}\n" + KeepalivedInstance.file(instance)
    }

    private static func setting(_ path: String, of host: Host) async throws -> String {
        try await host.run("cat", ["/proc/sys/net/ipv4/\(path)"]).filter { $0 != "\n" }
    }

    @Test("The packet filter and the kernel settings are as asked for while it runs, and as before afterwards")
    func lends() async throws {
        try await Lab.with { lab in
            let host = try await lab.node("dut", 10).host
            let paths = ["conf/eth0/promote_secondaries", "igmp_link_local_mcast_reports"]
            var values: [String] = []
            for path in paths { values.append(try await Self.setting(path, of: host)) }
            #expect(values == ["0", "1"])
            let first = Self.file(
                "nftables vips\nnftables_priority -300\nnftables_counters\ndisable_local_igmp", "no_accept",
                "promote_secondaries")
            let daemon = try await VRRPDaemon.start(on: host, .keepalived(first))
            try await daemon.waitForState(.active, of: "VI")
            try await daemon.status(when: "an address") { try $0.router("VI").state == .active }
            for path in paths { values.append(try await Self.setting(path, of: host)) }
            #expect(values.suffix(2) == ["1", "0"])
            let rules = try await host.run("nft", ["list", "ruleset"])
            #expect(rules.contains("table inet vips") && rules.contains("192.0.2.100") && rules.contains("counter"))

            let position = try daemon.reload(.keepalived(Self.file("nftables", "no_accept")))
            try await daemon.process.waitForLine(containing: "Reloaded", after: position, within: .seconds(10))
            _ = try await daemon.status()
            for path in paths { values.append(try await Self.setting(path, of: host)) }
            #expect(values.suffix(2) == ["0", "1"])
            let others = try await host.run("nft", ["list", "ruleset"])
            #expect(others.contains("table inet keepalived") && others.contains("192.0.2.100"))
            #expect(!others.contains("vips"))

            #expect(try await daemon.stop().isSuccess)
            #expect(try await host.run("nft", ["list", "ruleset"]).isEmpty)
        }
    }

    @Test("Nothing is sent before vrrp_startup_delay is over, and a foreign identifier is told with log_unknown_vrids")
    func delay() async throws {
        try await Lab.with { lab in
            let (dut, other) = (try await lab.node("dut", 10), try await lab.node("other", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let stranger = KeepalivedInstance.file(
                KeepalivedInstance(id: 9, priority: 100, interval: "0.1", addresses: ["192.0.2.109"]))
            let second = try await VRRPDaemon.start(on: other.host, .keepalived(stranger))
            try await second.waitForState(.active, of: "VI")
            let start = Timestamp.now
            let daemon = try await VRRPDaemon.start(
                on: dut.host, .keepalived(Self.file("vrrp_startup_delay 1.5\nlog_unknown_vrids")))
            try await daemon.process.waitForLine(
                containing: "the delay after the start is not over", within: .seconds(15))
            let advert = try await tap.waitForAdvert(from: dut.ipv4)
            // With priority 150 it listens for 0.34 s more.
            #expect(advert.time - start >= .milliseconds(1_840))
            try await daemon.process.waitForLine(
                containing: "from 192.0.2.20 on eth0: no virtual router here has the identifier 9", within: .seconds(15)
            )
            expectRunning(daemon.process, second.process)
        }
    }
}
