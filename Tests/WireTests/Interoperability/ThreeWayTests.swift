import NetworkLab
import Testing
import VRRP

@Suite(
    "vrrpd, keepalived and FRR as one virtual router",
    .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites + FRRPeer.prerequisites), .timeLimit(.minutes(3)))
struct ThreeWayTests {
    @Test("Case 126: after any one is killed exactly one is active, the best that is left; twenty times")
    func survivesAnyKill() async throws {
        try await Lab.with { lab in
            let tap = try await lab.tap(keeping: \.isVRRP)
            var members = [
                try await Member(.daemon, on: lab.node("dut", 10), priority: 200),
                try await Member(.keepalived, on: lab.node("peer", 20), priority: 150),
                try await Member(.frr, on: lab.node("frr", 30), priority: 100),
            ]
            for index in members.indices { try await members[index].start() }
            try await tap.waitForActive(members[0].node.ipv4, for: .milliseconds(400))
            // The active router dies every other time, and each of the others in turn.
            for round in 0..<20 {
                let victim = [0, 1, 0, 2][round % 4]
                members[victim].kill()
                let heir = victim == 0 ? 1 : 0
                try await tap.waitForActive(members[heir].node.ipv4, for: .milliseconds(400))
                try await members[victim].start()
                try await tap.waitForActive(members[0].node.ipv4, for: .milliseconds(400))
            }
        }
    }

    @Test(
        "Case 126: of three with the same priority that are all active, the one with the highest address stays so",
        arguments: [(10, 20, 30), (20, 30, 10), (30, 10, 20)] as [(UInt8, UInt8, UInt8)])
    func highestAddressWins(daemon: UInt8, keepalived: UInt8, frr: UInt8) async throws {
        try await Lab.with { lab in
            let tap = try await lab.tap(keeping: \.isVRRP)
            var members = [
                try await Member(.daemon, on: lab.node("dut", daemon), priority: 100),
                try await Member(.keepalived, on: lab.node("peer", keepalived), priority: 100),
                try await Member(.frr, on: lab.node("frr", frr), priority: 100),
            ]
            let nodes = members.map(\.node)
            for node in nodes { try await lab.fail(node.host, .withoutIncomingVRRP) }
            for index in members.indices { try await members[index].start() }
            try await tap.waitForActive(
                nodes[0].ipv4, nodes[1].ipv4, nodes[2].ipv4, for: .milliseconds(400))
            for node in nodes { try await lab.heal(node.host) }
            let highest = try #require(members.max { $0.number < $1.number }?.node)
            try await tap.waitForActive(highest.ipv4, for: .seconds(1))
        }
    }
}

/// One of the three, which can be started and killed over and over.
private struct Member: Sendable {
    enum Implementation { case daemon, keepalived, frr }

    let implementation: Implementation
    let node: LabNode
    let priority: Int
    private var stop: @Sendable () -> Void = {}

    init(_ implementation: Implementation, on node: LabNode, priority: Int) {
        self.implementation = implementation
        self.node = node
        self.priority = priority
    }

    mutating func start() async throws {
        let file = KeepalivedInstance.file(KeepalivedInstance(priority: priority, interval: "0.1"))
        switch implementation {
        case .daemon:
            let daemon = try await VRRPDaemon.start(on: node.host, .keepalived(file))
            stop = { daemon.kill() }
        case .keepalived:
            let keepalived = try await KeepalivedPeer.start(on: node.host, configuration: file)
            stop = { keepalived.kill() }
        case .frr:
            let id = try #require(VirtualRouterID(rawValue: 77))
            let router = FRRVirtualRouter(
                id: id, addresses: [.v4(IPv4Address(192, 0, 2, 100))], priority: priority, advertisementInterval: 100)
            let frr = try await FRRPeer.start(on: node.host, routers: [router])
            stop = { frr.kill() }
        }
    }

    func kill() { stop() }

    /// The last octet of the address.
    var number: UInt8 {
        guard case .v4(let address) = node.ipv4 else { return 0 }
        return UInt8(truncatingIfNeeded: address.rawValue)
    }
}
