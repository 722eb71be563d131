import Foundation
import NetworkLab
import Testing

@Suite(
    "Routes and rules beside keepalived", .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites),
    .timeLimit(.minutes(2)))
struct RoutingTests {
    private static func configuration(priority: Int) -> String {
        """
        static_ipaddress {
            192.0.2.30/24 dev eth0
        }
        static_routes {
            198.51.101.0/24 via 192.0.2.9 dev eth0
        }
        static_rules {
            from 198.51.101.0/24 table 5 priority 400
        }
        vrrp_instance VI {
            interface eth0
            virtual_router_id 51
            priority \(priority)
            advert_int 1
            virtual_ipaddress {
                192.0.2.100/24
            }
            virtual_ipaddress_excluded {
                192.0.2.111 peer 203.0.113.1 noprefixroute
                2001:db8:0:1::111/64 home preferred_lft forever
            }
            virtual_routes {
                198.51.100.0/24 via 192.0.2.9 dev eth0 src 192.0.2.100 table 100 tos 0x10 scope site metric 7
                198.51.102.0/24 dev eth0 scope link mtu lock 1400 advmss 1300 hoplimit 30 rtt 300ms rttvar 250ms
                198.51.103.0/24 via 192.0.2.9 dev eth0 window 1000 cwnd 20 ssthresh 40 initcwnd 12 initrwnd 13
                198.51.104.0/24 dev eth0 rto_min 2s features ecn quickack 1 congctl reno reordering 5 realms 3/4
                203.0.113.9 via 203.0.113.7 dev eth0 onlink
                default via 192.0.2.9 metric 500
                blackhole 198.51.106.0/24
                unreachable 198.51.107.0/24 metric 5
                prohibit 198.51.108.0/24
                throw 198.51.109.0/24 table 100
                2001:db8:7::/48 via 2001:db8:0:1::9 dev eth0 pref high
                default via 2001:db8:0:1::9 dev eth0 metric 700
                198.51.110.0/24 dev eth0 append
                198.51.111.0/24 encap ip id 5 dst 203.0.113.9 src 192.0.2.100 tos 0x10 ttl 9 via 192.0.2.9 dev eth0
                198.51.112.0/24 encap ip id 6 dst 203.0.113.9 flags 1024 dev eth0
            }
            virtual_rules {
                not from 198.51.100.0/24 to 203.0.113.0/24 priority 500 tos 0x10 fwmark 5/0xff iif eth0 table 100
                from 198.51.100.7 uidrange 10-20 ipproto tcp sport 10-20 dport 80-80 realms 3/4 table 7 priority 501
                from 198.51.100.8 unreachable priority 502
                from 198.51.100.9 goto 600 priority 503
                from 198.51.100.10 nop priority 504
                from 2001:db8:1::/48 table 100 suppress_prefixlength 0 priority 505
                from 198.51.100.11 table 100
            }
        }

        """
    }

    /// Everything that the kernel of a host has with the mark of keepalived, a line each.
    private static func marked(_ node: LabNode) async throws -> [String] {
        var lines: [String] = []
        for command in [
            "-d -4 route show table all", "-d -6 route show table all", "-d -4 rule show", "-d -6 rule show",
        ] {
            lines += try await node.host.run("ip", command.split(separator: " ").map(String.init))
                .split(separator: "\n").map(String.init)
        }
        return lines.filter { $0.contains("keepalived") }.sorted()
    }

    private static func wait(_ node: LabNode, for count: Int) async throws -> [String] {
        let start = ContinuousClock.now
        while true {
            let found = try await marked(node)
            if found.count == count { return found }
            guard ContinuousClock.now - start < .seconds(15) else {
                throw LabError.timedOut(
                    waitingFor: "\(count) routes and rules", within: .seconds(15),
                    context: found.joined(separator: "\n"))
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private static let staticCount = 2
    private static let count = 15 + 7 + staticCount

    @Test(
        "From the same file both have the same routes and rules while active, and none of them as a backup and at the end"
    )
    func likeKeepalived() async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(Self.configuration(priority: 200)))
            let ours = try await Self.wait(dut, for: Self.count)
            let keepalived = try await KeepalivedPeer.start(
                on: peer.host, configuration: Self.configuration(priority: 100))
            // What is static is there on both.
            _ = try await Self.wait(peer, for: Self.staticCount)
            #expect(try await dut.holds("192.0.2.30"))
            #expect(try await peer.holds("192.0.2.30"))

            try await daemon.stop()
            #expect(try await Self.marked(dut) == [])
            #expect(try await !dut.holds("192.0.2.30"))
            let theirs = try await Self.wait(peer, for: Self.count)
            #expect(ours == theirs)

            let second = try await VRRPDaemon.start(on: dut.host, .keepalived(Self.configuration(priority: 200)))
            #expect(try await Self.wait(dut, for: Self.count) == theirs)
            _ = try await Self.wait(peer, for: Self.staticCount)
            try await keepalived.stop()
            expectRunning(second.process)
        }
    }

    @Test("What somebody removes is put back, and what a killed daemon left behind goes at the next start")
    func restoration() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(Self.configuration(priority: 200)))
            _ = try await Self.wait(dut, for: Self.count)
            try await dut.host.ip("route del 198.51.106.0/24")
            _ = try await Self.wait(dut, for: Self.count)
            try await daemon.process.waitForLine(
                containing: "VI: the route blackhole 198.51.106.0/24 was removed by somebody else and is put back",
                within: .seconds(15))
            // An address takes its routes along, some without a word of the kernel.
            for command in [
                "rule del priority 502", "route flush table 100", "rule del priority 400",
                "addr del 192.0.2.100/24 dev eth0", "addr del 192.0.2.30/24 dev eth0",
            ] {
                try await dut.host.ip(command)
                try await Task.sleep(for: .milliseconds(1200))
                #expect(try await Self.marked(dut).count == Self.count, "\(command)")
            }
            #expect(try await dut.holds("192.0.2.30"))

            daemon.kill()
            _ = try await daemon.process.waitForExit()
            #expect(try await Self.marked(dut).count == Self.count)
            let second = try await VRRPDaemon.start(
                on: dut.host, .keepalived(KeepalivedInstance.file(KeepalivedInstance(priority: 150))))
            try await second.process.waitForLine(
                containing: "\(Self.count) routes and rules were left behind", within: .seconds(15))
            #expect(try await Self.marked(dut) == [])
            try await dut.waitUntil(holds: false, "192.0.2.30")

            // A reload brings them, and another one takes them away.
            try second.reload(.keepalived(Self.configuration(priority: 200)))
            _ = try await Self.wait(dut, for: Self.count)
            try second.reload(.keepalived(KeepalivedInstance.file(KeepalivedInstance(priority: 150))))
            _ = try await Self.wait(dut, for: 0)
            expectRunning(second.process)
        }
    }
}
