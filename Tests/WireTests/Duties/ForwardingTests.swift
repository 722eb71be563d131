import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite(
    "Forwarding through the virtual MAC", .needs(VRRPDaemon.prerequisites + [.macvlan, .ping]), .timeLimit(.minutes(1)))
struct ForwardingTests {
    /// The way from an ordinary host over the device under test, whose virtual address is its gateway, to another segment.
    private struct Way: Sendable {
        let device: Host
        let host: Host
        let far: Host
        let gate: PacketTap
        /// What arrives on the far segment from elsewhere.
        let farTap: PacketTap
        let daemon: VRRPDaemon

        static let farAddress = "198.51.100.50"
        static let virtualMAC = "00:00:5e:00:01:4d"

        /// Demotes the device's router by an advert of the injector.
        func demote() async throws {
            let position = daemon.process.lines.end
            try gate.inject(ForgedAdvert.demotion(addresses: ["192.0.2.100"]).frame())
            try await daemon.waitForState(.backup, of: "VR", after: position)
            try await daemon.status(when: "no addresses") { try $0.router().presentAddresses.isEmpty }
        }
    }

    private func withWay(acceptMode: Bool, prefix: String = "", _ body: (Way) async throws -> Void) async throws {
        try await Lab.with { lab in
            try await lab.addSegment("far")
            let device = try await lab.device(forwarding: true)
            try await lab.addInterface("eth1", to: device, addresses: ["198.51.100.10/24"], segment: "far")
            let host = try await lab.ordinaryHost()
            let far = try await lab.host("far", addresses: ["\(Way.farAddress)/24"], segment: "far")
            try await host.ip("route add default via 192.0.2.100")
            try await far.ip("route add default via 198.51.100.10")
            let gate = try await lab.injector().tap()
            let farTap = try await far.tap { $0.packet?.protocolNumber == 1 && $0.direction == .incoming }
            let daemon = try await VRRPDaemon.start(
                on: device,
                .routers([
                    RouterText.router(
                        addresses: ["192.0.2.100" + prefix],
                        with: [
                            "virtualMAC": ["name": "vrrp.77"], "acceptMode": .bool(acceptMode),
                            "advertisementIntervalMilliseconds": 500, "priority": 254,
                        ])
                ]))
            try await daemon.waitForState(.active, of: "VR")
            try await gate.next("announcement", within: .seconds(15)) { $0.announces("192.0.2.100") }
            try await body(
                Way(device: device, host: host, far: far, gate: gate, farTap: farTap, daemon: daemon))
        }
    }

    @Test("Case 59: an active router forwards what comes to the virtual MAC, and a demoted one does not")
    func forwarding() async throws {
        try await withWay(acceptMode: true) { way in
            try await way.host.run("ping", ["-n", "-c", "2", "-W", "5", Way.farAddress])
            #expect(try await way.host.run("ip", ["neigh", "show", "192.0.2.100"]).contains(Way.virtualMAC))
            #expect(!way.farTap.frames.entries().isEmpty)

            try await way.demote()
            let demoted = way.farTap.frames.end
            // The neighbour still believes in the virtual MAC, as after a lost announcement.
            try await way.host.ip("neigh replace 192.0.2.100 lladdr \(Way.virtualMAC) dev eth0")
            let ping = try await way.host.start("ping", ["-n", "-c", "3", "-i", "0.2", "-W", "1", Way.farAddress])
            #expect(try await !ping.waitForExit().isSuccess)
            #expect(way.farTap.frames(after: demoted) { _ in true }.isEmpty)
        }
    }

    @Test("Case 60: a packet to the address itself is dropped while active without accept mode, and after that no more")
    func packetToTheAddress() async throws {
        try await withWay(acceptMode: false) { way in
            // Forwarding through the router works although it accepts nothing itself.
            try await way.host.run("ping", ["-n", "-c", "1", "-W", "5", Way.farAddress])
            let ping = try await way.host.start("ping", ["-n", "-c", "2", "-i", "0.2", "-W", "1", "192.0.2.100"])
            #expect(try await !ping.waitForExit().isSuccess)
            let echo = ForgedRequest.injector.echo(IPv4Address(192, 0, 2, 100), inFrameTo: StandardHosts.deviceMAC)
            try way.gate.inject(echo)
            try await Task.sleep(for: .milliseconds(300))
            let forwarded = way.farTap.frames { $0.packet?.destination == IPAddress("192.0.2.100") }
            #expect(forwarded.isEmpty)
            #expect(way.gate.frames(where: \.asksForTheAddress).isEmpty)

            try await way.demote()
            // Now the address is somebody else's: the node looks for that one, to forward the packet.
            var question: CapturedFrame?
            for _ in 0..<20 where question == nil {
                try way.gate.inject(echo)
                question = await way.gate.frames.first(within: .milliseconds(300), where: \.asksForTheAddress)?.entry
            }
            #expect(question != nil)
            let filter = try await way.device.run("nft", ["list", "ruleset"])
            #expect(!filter.contains("192.0.2.100"))
        }
    }

    @Test("Case 61: a redirect comes from the virtual address where the kernel is told to use the interface's own")
    func redirect() async throws {
        try await withWay(acceptMode: true, prefix: "/24") { way in
            try await way.device.namespace.set(["net.ipv4.icmp_errors_use_inbound_ifaddr": "1"])
            // A better gateway on the same link, reached by the interface that the packets come in on.
            try await way.device.ip("route add 203.0.113.0/24 via 192.0.2.20 dev vrrp.77")
            let tap = try await way.host.tap { $0.packet?.protocolNumber == 1 && $0.direction == .incoming }
            let ping = try await way.host.start("ping", ["-n", "-c", "3", "-i", "0.3", "-W", "1", "203.0.113.7"])
            let redirect = try await tap.next("redirect", within: .seconds(10)) { $0.packet?.payload.first == 5 }
            #expect("\(try #require(redirect.packet).source)" == "192.0.2.100")
            #expect(redirect.packet?.payload.dropFirst(4).prefix(4) == [192, 0, 2, 20])
            _ = try await ping.waitForExit()
        }
    }
}

extension CapturedFrame {
    /// Whether the device under test asks who has 192.0.2.100.
    fileprivate var asksForTheAddress: Bool {
        source == StandardHosts.deviceMAC && arp?.operation == 1 && arp?.targetAddress == IPv4Address(192, 0, 2, 100)
            && arp?.isGratuitous == false
    }
}
