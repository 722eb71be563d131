import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("What a backup does not do", .needs(VRRPDaemon.prerequisites + [.macvlan]), .timeLimit(.minutes(1)))
struct BackupDutyTests {
    @Test("Case 39: a backup answers neither ARP nor neighbour nor router solicitations nor echo requests for the VIPs")
    func backupIsSilent() async throws {
        try await Lab.with { lab in
            try await lab.addSegment("far")
            let device = try await lab.device(forwarding: true)
            try await lab.addInterface("eth1", to: device, addresses: ["198.51.100.10/24"], segment: "far")
            let injector = try await lab.injector()
            let gate = try await injector.tap()
            let far = try await lab.tap(segment: "far") { $0.packet?.protocolNumber == 1 }
            let daemon = try await VRRPDaemon.start(
                on: device,
                .routers([
                    RouterText.router(
                        "V4", with: ["advertisementIntervalMilliseconds": 40_950, "virtualMAC": ["name": "vrrp.77"]]),
                    RouterText.router(
                        "V6", family: .ipv6,
                        with: ["advertisementIntervalMilliseconds": 40_950, "virtualMAC": ["name": "vrrp6.77"]]),
                ]))
            for name in ["V4", "V6"] { try await daemon.waitUntilListening(name) }
            try gate.inject(ForgedAdvert.demotion().frame())
            try gate.inject(ForgedAdvert.demotion(.ipv6).frame())
            try await daemon.status(when: "both held in backup") { status in
                status.routers.allSatisfy { $0.state == .backup && $0.learnedInterval == 40_950 }
            }
            let asked = gate.frames.end
            let virtualMAC = ForgedEnvelope(.ipv4, virtualRouterID: 77).sourceMAC
            for _ in 0..<3 {
                for address in RouterText.addresses(.ipv4) {
                    guard case .v4(let address)? = IPAddress(address) else { continue }
                    try gate.inject(ForgedRequest.injector.arp(address))
                    try gate.inject(ForgedRequest.injector.echo(address, inFrameTo: StandardHosts.deviceMAC))
                }
                for address in RouterText.addresses(.ipv6) {
                    guard case .v6(let address)? = IPAddress(address) else { continue }
                    try gate.inject(ForgedRequest.injector.neighborSolicitation(address))
                }
                try gate.inject(ForgedRequest.injector.routerSolicitation())
                try gate.inject(
                    ForgedRequest.injector.echo(IPv4Address(198, 51, 100, 50), inFrameTo: virtualMAC))
                try await Task.sleep(for: .milliseconds(200))
            }
            // The way itself is open: an ordinary address of the node answers.
            try gate.inject(ForgedRequest.injector.arp(IPv4Address(192, 0, 2, 10)))
            try await gate.next("ARP reply for the node's own address", within: .seconds(15)) {
                $0.arp?.operation == 2 && $0.arp?.senderAddress == IPv4Address(192, 0, 2, 10)
            }
            let answers = gate.frames(after: asked) { frame in
                frame.direction == .incoming && frame.isAnswerAboutVirtualAddresses
            }
            #expect(answers.isEmpty, "\(answers)")
            #expect(far.frames.entries().isEmpty)
            #expect(try await daemon.status().routers.allSatisfy { $0.state == .backup })
        }
    }

    @Test("Case 18: SIGTERM to a backup sends nothing and ends with status 0")
    func stoppedBackupIsSilent() async throws {
        try await Lab.with { lab in
            let device = try await lab.device()
            let gate = try await lab.injector().tap { $0.source != StandardHosts.injectorMAC }
            let daemon = try await VRRPDaemon.start(
                on: device, .routers([RouterText.router(with: ["advertisementIntervalMilliseconds": 40_950])]),
                handsOver: true)
            try await daemon.waitUntilListening()
            try gate.inject(ForgedAdvert.demotion().frame())
            #expect(try await daemon.stop().isSuccess)
            try await Task.sleep(for: .milliseconds(300))
            #expect(gate.frames(where: { $0.isVRRP && $0.source == StandardHosts.deviceMAC }).isEmpty)
            #expect(gate.frames(where: \.isAnnouncement).isEmpty)
        }
    }
}

extension CapturedFrame {
    /// Whether this answers something about a standard virtual address, or is a router advertisement.
    fileprivate var isAnswerAboutVirtualAddresses: Bool {
        let virtual = (RouterText.addresses(.ipv4) + RouterText.addresses(.ipv6)).compactMap { IPAddress($0) }
        if let arp, arp.operation == 2 { return virtual.contains(.v4(arp.senderAddress)) }
        if let neighborAdvertisement { return virtual.contains(.v6(neighborAdvertisement.target)) }
        guard let packet else { return false }
        let isRouterAdvertisement = packet.protocolNumber == 58 && packet.payload.first == 134
        return isRouterAdvertisement || virtual.contains(packet.source)
    }
}
