import NetworkLab
import Testing
import VRRP

@Suite(
    "A sync group of vrrpd and keepalived", .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites),
    .timeLimit(.minutes(2)))
struct KeepalivedSyncGroupTests {
    /// Which of the two has the higher priority.
    enum Better: Sendable, CaseIterable { case daemon, keepalived }

    @Test(
        "From the same file both elect one owner, and both instances move when one interface fails",
        arguments: Better.allCases)
    func failsOverTogether(_ better: Better) async throws {
        try await Lab.with { lab in
            let nodes = try await Nodes(lab)
            let isDaemon = better == .daemon
            let daemon = try await VRRPDaemon.start(
                on: nodes.dut.host, .keepalived(Self.file(isDaemon ? (200, 200) : (100, 100))))
            let keepalived = try await KeepalivedPeer.start(
                on: nodes.peer.host, configuration: Self.file(isDaemon ? (100, 100) : (200, 200)))
            let (owner, other) = isDaemon ? (nodes.dut, nodes.peer) : (nodes.peer, nodes.dut)
            try await nodes.waitForOwner(owner)
            for interface in ["eth1", "eth0"] {
                // The carrier of one network goes, and both addresses with it.
                try await lab.fail(owner.host, .unplugged, interface: interface)
                try await nodes.waitForOwner(other)
                try await lab.heal(owner.host, interface: interface)
                try await nodes.waitForOwner(owner)
            }
            expectRunning(daemon.process, keepalived.process)
        }
    }

    @Test("While adverts are lost on one network neither takes one address away from the other")
    func silentNetwork() async throws {
        try await Lab.with { lab in
            let nodes = try await Nodes(lab)
            let daemon = try await VRRPDaemon.start(on: nodes.dut.host, .keepalived(Self.file((200, 200))))
            let keepalived = try await KeepalivedPeer.start(
                on: nodes.peer.host, configuration: Self.file((100, 100)))
            try await nodes.waitForOwner(nodes.dut)
            try await lab.fail(nodes.peer.host, .withoutIncomingVRRP, interface: "eth1")
            try await Task.sleep(for: .seconds(3))
            try await nodes.waitForOwner(nodes.dut)
            try await lab.heal(nodes.peer.host, interface: "eth1")

            // And the other way round.
            daemon.kill()
            try await nodes.outside.waitForActive(nodes.peer.ipv4, for: .milliseconds(600))
            let second = try await VRRPDaemon.start(on: nodes.dut.host, .keepalived(Self.file((50, 50))))
            try await nodes.waitForOwner(nodes.peer)
            try await lab.fail(nodes.dut.host, .withoutIncomingVRRP, interface: "eth1")
            try await second.status(when: "a member of SG that waits") {
                try $0.router("IN").waitsForGroup && $0.router("OUT").syncGroup == "SG"
            }
            try await Task.sleep(for: .seconds(3))
            try await nodes.waitForOwner(nodes.peer)
            expectRunning(second.process, keepalived.process)
        }
    }

    @Test(
        "Where each is better for another instance one of them comes to own both, and keeps them",
        arguments: Better.allCases)
    func eachBetterForAnother(first: Better) async throws {
        try await Lab.with { lab in
            let nodes = try await Nodes(lab)
            let isDaemon = first == .daemon
            // Deaf to each other until both own everything.
            for interface in ["eth0", "eth1"] {
                try await lab.fail(nodes.dut.host, .withoutVRRP, interface: interface)
            }
            let daemon = try await VRRPDaemon.start(
                on: nodes.dut.host, .keepalived(Self.file(isDaemon ? (200, 100) : (100, 200))))
            let keepalived = try await KeepalivedPeer.start(
                on: nodes.peer.host, configuration: Self.file(isDaemon ? (100, 200) : (200, 100)))
            try await daemon.waitForState(.active, of: "IN")
            try await keepalived.waitForState(.master, instance: "IN", within: .seconds(15))
            for interface in ["eth0", "eth1"] { try await lab.heal(nodes.dut.host, interface: interface) }
            try await nodes.waitForAnyOwner()
            let owner = try await nodes.dut.holds("192.0.2.100") ? nodes.dut : nodes.peer
            try await Task.sleep(for: .seconds(3))
            try await nodes.waitForOwner(owner)
            expectRunning(daemon.process, keepalived.process)
        }
    }

    /// The same file for both programs, but for the priorities of the two instances.
    private static func file(_ priorities: (Int, Int)) -> String {
        let outside = KeepalivedInstance(name: "OUT", id: 77, priority: priorities.0, interval: "0.2")
        var inside = KeepalivedInstance(
            name: "IN", id: 78, priority: priorities.1, interval: "0.2", addresses: ["198.51.100.100"])
        inside.interface = "eth1"
        return KeepalivedInstance.file(outside, inside)
            + "\nvrrp_sync_group SG {\n    group {\n        OUT\n        IN\n    }\n}\n"
    }
}

/// Two hosts with an interface on each of two networks.
private struct Nodes: Sendable {
    let dut: LabNode
    let peer: LabNode
    /// What is on the network of the instance OUT.
    let outside: PacketTap
    /// What is on the network of the instance IN.
    let inside: PacketTap

    init(_ lab: Lab) async throws {
        try await lab.addSegment("lan2")
        dut = try await lab.node("dut", 10)
        peer = try await lab.node("peer", 20)
        for (node, number) in [(dut, 10), (peer, 20)] {
            try await lab.addInterface("eth1", to: node.host, addresses: ["198.51.100.\(number)/24"], segment: "lan2")
        }
        outside = try await lab.tap(keeping: \.isVRRP)
        inside = try await lab.tap(segment: "lan2", keeping: \.isVRRP)
    }

    private func insideAddress(_ node: LabNode) -> IPAddress {
        .v4(IPv4Address(198, 51, 100, node.host.name == "dut" ? 10 : 20))
    }

    /// Waits until a host advertises both instances, nobody else does, and it alone has the addresses.
    func waitForOwner(_ owner: LabNode) async throws {
        try await outside.waitForActive(owner.ipv4, for: .milliseconds(600))
        try await inside.waitForActive(insideAddress(owner), id: 78, for: .milliseconds(600))
        for node in [dut, peer] {
            let isOwner = node.host.name == owner.host.name
            try await node.waitUntil(holds: isOwner, "192.0.2.100")
            let addresses = try await node.host.addresses(of: "eth1")
            #expect(addresses.contains { $0.hasPrefix("198.51.100.100") } == isOwner, "\(node.host.name): \(addresses)")
        }
    }

    /// Waits until exactly one host advertises the instance OUT.
    func waitForAnyOwner() async throws {
        do { try await outside.waitForActive(dut.ipv4, for: .milliseconds(600), within: .seconds(8)) } catch {
            try await outside.waitForActive(peer.ipv4, for: .milliseconds(600), within: .seconds(8))
        }
    }
}
