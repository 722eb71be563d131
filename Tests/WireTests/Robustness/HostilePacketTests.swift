import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("Hostile packets to a running daemon", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(2)))
struct HostilePacketTests {
    /// A daemon with an active router of each kind under attack by a neighbour.
    ///
    /// Their long intervals keep a loaded machine from making any of them late.
    private func withTarget(_ body: (Host, VRRPDaemon, PacketTap) async throws -> Void) async throws {
        try await Lab.with { lab in
            let device = try await lab.device()
            let gate = try await lab.injector().tap { _ in false }
            let owner: JSONObject = ["priority": 255, "advertisementIntervalMilliseconds": 40_950]
            let daemon = try await VRRPDaemon.start(
                on: device,
                .routers([
                    RouterText.router("V3", with: owner),
                    RouterText.router(
                        "V6", family: .ipv6, with: owner),
                    RouterText.router(
                        "V2", id: 78, addresses: ["192.0.2.110"],
                        with: ["version": 2, "priority": 255, "advertisementIntervalMilliseconds": 40_000]),
                ]))
            for name in ["V3", "V6", "V2"] { try await daemon.waitForState(.active, of: name) }
            try await daemon.status(when: "all addresses present") { status in
                status.routers.map(\.presentAddresses.count) == [2, 2, 1]
            }
            try await body(device, daemon, gate)
        }
    }

    @Test(
        "Cases 104–108, 111: random, damaged, cut and replayed packets change no state, and the daemon goes on working")
    func malformed() async throws {
        let vectors = try CapturedVectors.all()
        let groups: [(String, [[UInt8]])] = [
            ("random", HostilePackets.random(6000, seed: 0x5eed)),
            ("bit flips", HostilePackets.bitFlips(vectors)),
            ("lengths", HostilePackets.lengthMatrix()),
            ("versions and types", HostilePackets.versionsAndTypes()),
            ("over-reads", HostilePackets.overreads()),
            ("replay", HostilePackets.replay(vectors, rounds: 50)),
        ]
        try await withTarget { device, daemon, gate in
            let addresses = try await device.addresses()
            let (start, log) = (ContinuousClock.now, daemon.process.lines.end)
            for (name, packets) in groups {
                for (place, packet) in packets.enumerated() {
                    try gate.inject(packet)
                    // The daemon shall hear them, not lose them in a full buffer.
                    if place.isMultiple(of: 200) { try await Task.sleep(for: .milliseconds(5)) }
                }
                let status = try await daemon.status()
                for router in status.routers {
                    #expect(router.state == .active, "\(router.name) after \(name)")
                    #expect(router.counter("master-transitions") == 1, "\(router.name) after \(name)")
                    #expect(router.counter("advertisement-rcvd") == 0, "\(router.name) after \(name)")
                }
                #expect(daemon.process.exitStatus == nil, "after \(name)")
            }
            #expect(try await device.addresses() == addresses)
            let status = try await daemon.status()
            #expect(try status.router("V3").discards.values.reduce(0, +) > 5000)
            #expect(try status.router("V6").discards.values.reduce(0, +) > 1000)
            // With -D, which tells more than what is told without.
            try checkPace(
                of: daemon.process.lines.entries(after: log).map(\.text), during: start.duration(to: .now))

            // It still understands what is right.
            try gate.inject(ForgedAdvert.demotion().frame())
            try await daemon.waitForState(.backup, of: "V3")
            #expect(try await daemon.stop().isSuccess)
        }
    }

    /// Checks that each reason is told once in ten seconds for each router, and for what belongs to none for each family.
    private func checkPace(of lines: [String], during time: Duration) throws {
        let most = Int(time.components.seconds / 10) + 2
        var counts: [String: Int] = [:]
        for line in lines {
            // Behind the date, the severity and the subject; who has sent it does not matter.
            guard let told = line.firstMatch(of: /([^ :]+): discarded .*\(([a-z-]+)\)/) else { continue }
            let sender = line.firstMatch(of: /from ([0-9a-f.:]+)/).map { $0.1.contains(":") ? "IPv6" : "IPv4" } ?? ""
            counts["\(told.1) \(told.2) \(sender)", default: 0] += 1
        }
        #expect(counts.count >= 10, "\(counts)")
        for (reason, count) in counts { #expect(count <= most, "\(reason) is told \(count) times in \(time)") }
        let rest = lines.count - counts.values.reduce(0, +)
        #expect(rest <= 10 * most, "\(rest) further lines in \(time)")
    }

    @Test("Case 109: messages whose right checksum is 0 are accepted, and the other zero of one's complement is not")
    func checksumCorners() async throws {
        try await withTarget { _, daemon, gate in
            // The last octets of an address are chosen so that the sum over everything else comes out as wanted.
            let zero = try #require(advertWithChecksum(0))
            try gate.inject(zero.with { $0.checksum = .value(0xffff) }.frame())
            let before = try await daemon.status(when: "one packet") {
                try !$0.router("V3").discards.isEmpty || $0.router("V3").counter("advertisement-rcvd") > 0
            }
            // 0xffff in place of 0 makes the same sum, and RFC 1071 has no way to tell them apart: it is accepted.
            #expect(try before.router("V3").counter("advertisement-rcvd") == 1)
            try gate.inject(zero.frame())
            try await daemon.status(when: "both packets") { try $0.router("V3").counter("advertisement-rcvd") == 2 }
        }
    }

    @Test("Case 110: resignations and owners in turn at high rate leave a backup a backup")
    func timerStorm() async throws {
        try await Lab.with { lab in
            let device = try await lab.device()
            let gate = try await lab.injector().tap { _ in false }
            // Priority 0 leaves 25 s of skew then, so that a loaded machine cannot make the backup right to take over.
            let slow: JSONObject = ["advertisementIntervalMilliseconds": 40_950]
            let daemon = try await VRRPDaemon.start(on: device, .routers([RouterText.router(with: slow)]))
            try await daemon.waitUntilListening()
            let owner = ForgedAdvert(id: 77, addresses: HostilePackets.standardAddresses).with {
                $0.priority = 255
                $0.maximumInterval = 4095
            }
            let frames = (resigned: owner.with { $0.priority = 0 }.frame(), owning: owner.frame())
            for _ in 0..<100 {
                for _ in 0..<50 {
                    try gate.inject(frames.resigned)
                    try gate.inject(frames.owning)
                }
                try await Task.sleep(for: .milliseconds(5))
            }
            let status = try await daemon.status()
            #expect(try status.router().state == .backup)
            #expect(try status.router().counter("priority-zero-pkts-rcvd") > 4000)
            #expect(try status.router().counter("master-transitions") == 0)
            #expect(try await daemon.stop().isSuccess)
        }
    }

    @Test(
        "Case 112: addresses in received adverts are never configured, whatever they are",
        arguments: [AddressFamily.ipv4, .ipv6])
    func receivedAddressesAreNotInstalled(_ family: AddressFamily) async throws {
        let texts =
            family == .ipv4
            ? ["0.0.0.0", "255.255.255.255", "224.0.0.18", "127.0.0.1", "192.0.2.66"]
            : ["fe80::66", "::", "ff02::1", "::1", "::ffff:192.0.2.66", "2001:db8:0:1::66"]
        try await Lab.with { lab in
            let device = try await lab.device()
            let gate = try await lab.injector().tap { _ in false }
            let monitor = try await device.start("ip", ["-oneline", "monitor", "address"])
            let before = try await device.addresses() + device.addresses(of: "lo")
            let slow: JSONObject = ["advertisementIntervalMilliseconds": 40_950]
            let daemon = try await VRRPDaemon.start(
                on: device, .routers([RouterText.router(family: family, with: slow)]))
            try await daemon.waitUntilListening()
            // As seldom as the daemon's own, for it learns how long it is to wait for the next one.
            let advert = ForgedAdvert(id: 77, addresses: texts.compactMap { IPAddress($0) })
                .with { $0.maximumInterval = 4095 }
            for _ in 0..<5 {
                try gate.inject(advert.frame())
                try await Task.sleep(for: .milliseconds(200))
            }
            let status = try await daemon.status()
            #expect(try status.router().counter("address-list-mismatches") == 5)
            #expect(try status.router().state == .backup)
            #expect(try await device.addresses() + device.addresses(of: "lo") == before)
            #expect(monitor.lines.entries().isEmpty)
        }
    }

    /// An advert of low priority whose right checksum is `wanted`.
    private func advertWithChecksum(_ wanted: UInt16) -> ForgedAdvert? {
        (0...0xffff).lazy.map { (tail: Int) in
            ForgedAdvert(
                id: 77,
                addresses: [.v4(IPv4Address(192, 0, UInt8(tail >> 8), UInt8(tail & 0xff)))]
            ).with { $0.priority = 1 }
        }.first { $0.message[6...7].reduce(0) { $0 << 8 | UInt16($1) } == wanted }
    }
}
