import NetworkLab
import Testing
import VRRP

@Suite(
    "vrrpd and keepalived with the same file",
    .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites + [.macvlan]),
    .timeLimit(.minutes(3)))
struct SameFileTests {
    /// Which of the two has the higher priority.
    enum Better: String, Sendable, CaseIterable { case daemon, keepalived }

    /// What happens when the better one comes back.
    enum Return: Sendable {
        /// It takes over again.
        case preempts
        /// It takes over again, but not before this time after its start.
        case preemptsAfter(Duration)
        /// The other one stays.
        case waits
    }

    /// A file, as far as it differs from the others.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var version = 3
        var isUnicast = false
        var lines: [String] = []
        /// From the last advert of the better one to the first one of the other, which has priority 100.
        var downTime = Duration.milliseconds(902)
        var returning = Return.preempts
        /// Whether the adverts of each program have a TTL of their own.
        var timeToLive: UInt8 = 255
        var addresses = [SameFileTests.address]
        /// Whether the addresses stand on a virtual MAC interface, where this test does not look.
        var hasVirtualMAC = false

        /// The addresses that are to be seen on the first interface of their owner.
        var visible: [String] { hasVirtualMAC ? [] : addresses }

        /// A quarter of a second, or a second where the version has nothing shorter.
        var interval: String { version == 2 ? "1" : "0.25" }
    }

    static let cases = [
        Case(
            testDescription: "v2 multicast with a password", version: 2, lines: KeepalivedInstance.password("secret"),
            downTime: .milliseconds(3_609)),
        Case(testDescription: "v3 multicast"),
        Case(testDescription: "v2 unicast", version: 2, isUnicast: true, downTime: .milliseconds(3_609)),
        Case(testDescription: "v3 unicast", isUnicast: true),
        Case(
            testDescription: "v3 unicast through routers", isUnicast: true, lines: ["unicast_ttl 64"], timeToLive: 64),
        Case(testDescription: "v3 unicast with the old checksum", isUnicast: true, lines: ["old_unicast_checksum"]),
        Case(testDescription: "v2 strict", version: 2, lines: ["strict_mode"], downTime: .milliseconds(3_609)),
        Case(testDescription: "v3 strict", lines: ["strict_mode"]),
        Case(testDescription: "v3 nopreempt", lines: ["state BACKUP", "nopreempt"], returning: .waits),
        Case(
            testDescription: "v3 preempt_delay", lines: ["preempt_delay 3"], returning: .preemptsAfter(.seconds(3))),
        Case(testDescription: "v2 without addresses", version: 2, downTime: .milliseconds(3_609), addresses: []),
        Case(testDescription: "v3 with a virtual MAC address", lines: ["use_vmac"], hasVirtualMAC: true),
        Case(
            testDescription: "v3 with a virtual MAC address that adverts do not have",
            lines: ["use_vmac vip 02:00:5e:00:01", "vmac_xmit_base"], hasVirtualMAC: true),
        Case(
            testDescription: "v3 down_timer_adverts", lines: ["down_timer_adverts 8"],
            downTime: .milliseconds(2_152)),
    ]

    @Test(
        "One owns the address, the other takes over in time, and the first comes back as the file says",
        arguments: cases, Better.allCases)
    func elects(_ example: Case, _ better: Better) async throws {
        try await Lab.with { lab in
            let (dut, peer) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let file = Self.file(example, better)
            func start(_ program: Better) async throws -> Router {
                switch program {
                case .daemon:
                    .daemon(try await VRRPDaemon.start(on: dut.host, .keepalived(file), arguments: ["-i", "dut"]))
                case .keepalived:
                    .keepalived(
                        try await KeepalivedPeer.start(on: peer.host, configuration: file, arguments: ["-i", "peer"]))
                }
            }
            let (owner, other) = better == .daemon ? (dut, peer) : (peer, dut)
            let first = try await start(better)
            _ = try await tap.waitForAdvert(from: owner.ipv4)
            let second = try await start(better == .daemon ? .keepalived : .daemon)
            try await tap.waitForActive(owner.ipv4, for: example.downTime + .seconds(1.5), within: .seconds(20))
            for address in example.visible { try await owner.waitUntil(holds: true, address) }
            for address in example.visible { #expect(try await !other.holds(address)) }
            let times = Set(tap.adverts(from: owner.ipv4).map(\.packet.timeToLive))
            #expect(times == [example.timeToLive])

            if example.hasVirtualMAC {
                let sources = Set(tap.frames.entries().filter { HeardAdvert($0)?.source == owner.ipv4 }.map(\.source))
                let isVirtual = sources == [MACAddress(rawValue: 0x0000_5e00_014d)]
                #expect(isVirtual == !example.lines.contains("vmac_xmit_base"), "\(sources)")
            }
            let death = tap.frames.end
            first.kill()
            let takeover = try await tap.waitForAdvert(after: death, from: other.ipv4)
            let last = try #require(tap.adverts(from: owner.ipv4).last)
            #expect(takeover.time - last.time >= example.downTime)
            #expect(takeover.time - last.time <= example.downTime + .seconds(1))
            for address in example.visible { try await other.waitUntil(holds: true, address) }

            let restart = Timestamp.now
            let back = tap.frames.end
            let third = try await start(better)
            switch example.returning {
            case .preempts, .preemptsAfter:
                let advert = try await tap.waitForAdvert(after: back, from: owner.ipv4, within: .seconds(20))
                if case .preemptsAfter(let delay) = example.returning { #expect(advert.time - restart >= delay) }
                try await tap.waitForActive(owner.ipv4, for: .milliseconds(2_500), within: .seconds(20))
                for address in example.visible { try await other.waitUntil(holds: false, address) }
                for address in example.visible { try await owner.waitUntil(holds: true, address) }
            case .waits:
                for address in example.visible { try await owner.waitUntil(holds: false, address) }
                try await Task.sleep(for: .seconds(3))
                #expect(tap.adverts(after: back, from: owner.ipv4).isEmpty)
                for address in example.visible { #expect(try await other.holds(address)) }
            }
            expectRunning(second.process, third.process)
        }
    }

    static let address = "192.0.2.100"

    /// One text for both, whose lines behind `@` tell them apart.
    private static func file(_ example: Case, _ better: Better) -> String {
        var lines = example.lines
        if example.isUnicast {
            lines += [
                "@dut unicast_src_ip 192.0.2.10", "@peer unicast_src_ip 192.0.2.20", "unicast_peer {",
                "    192.0.2.10", "    192.0.2.20", "}",
            ]
        }
        lines.append(better == .daemon ? "@dut priority 150" : "@peer priority 150")
        return KeepalivedInstance.file(
            KeepalivedInstance(
                version: example.version, priority: 100, interval: example.interval,
                addresses: example.addresses, lines: lines)
        ).replacing("    priority 100", with: better == .daemon ? "    @peer priority 100" : "    @dut priority 100")
    }

    /// One of the two programs.
    private enum Router {
        case daemon(VRRPDaemon)
        case keepalived(KeepalivedPeer)

        var process: LabProcess {
            switch self {
            case .daemon(let daemon): daemon.process
            case .keepalived(let keepalived): keepalived.process
            }
        }

        func kill() {
            switch self {
            case .daemon(let daemon): daemon.kill()
            case .keepalived(let keepalived): keepalived.kill()
            }
        }
    }
}
