import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite(
    "Whether an active router accepts packets to its addresses", .needs(VRRPDaemon.prerequisites + [.ping]),
    .timeLimit(.minutes(1)))
struct AcceptanceTests {
    /// A virtual router and whether it answers an echo request.
    private struct Row {
        let claim: String
        let family: AddressFamily
        let settings: JSONObject
        let answers: Bool
    }

    private static let rows = [
        Row(
            claim: "v3, not accepting", family: .ipv4, settings: ["priority": 254, "acceptMode": false], answers: false),
        Row(claim: "v3, accepting", family: .ipv4, settings: ["priority": 254, "acceptMode": true], answers: true),
        Row(claim: "v3, owner", family: .ipv4, settings: ["priority": 255, "acceptMode": false], answers: true),
        Row(
            claim: "v2, not accepting", family: .ipv4, settings: ["version": 2, "priority": 254, "acceptMode": false],
            answers: false),
        Row(
            claim: "v2, owner", family: .ipv4, settings: ["version": 2, "priority": 255, "acceptMode": false],
            answers: true),
        Row(
            claim: "IPv6, not accepting", family: .ipv6, settings: ["priority": 254, "acceptMode": false],
            answers: false
        ),
        Row(claim: "IPv6, accepting", family: .ipv6, settings: ["priority": 254, "acceptMode": true], answers: true),
        Row(claim: "IPv6, owner", family: .ipv6, settings: ["priority": 255, "acceptMode": false], answers: true),
    ]

    @Test("Cases 57 and 58: who accepts or owns answers an echo request; who does not still answers ARP and ND alone")
    func acceptance() async throws {
        try await Lab.with { lab in
            let device = try await lab.device()
            let host = try await lab.ordinaryHost()
            let routers = Self.rows.enumerated().map { place, row in
                let addresses = row.family == .ipv4 ? [Self.address(place)] : ["fe80::\(place):1", Self.address(place)]
                return RouterText.router(
                    row.claim, id: UInt8(place + 1), family: row.family, addresses: addresses, with: row.settings)
            }
            let tap = try await host.tap()
            let daemon = try await VRRPDaemon.start(on: device, .routers(routers))
            for row in Self.rows { try await daemon.waitForState(.active, of: row.claim) }
            for place in Self.rows.indices {
                let address = Self.address(place)
                let announcement = await tap.frames.first(within: .seconds(15)) { $0.announces(address) }
                #expect(announcement != nil, "\(address)")
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (place, row) in Self.rows.enumerated() {
                    group.addTask { try await expect(row, Self.address(place), from: host) }
                }
                try await group.waitForAll()
            }
        }
    }

    private static func address(_ place: Int) -> String {
        rows[place].family == .ipv4 ? "192.0.2.\(100 + place)" : "2001:db8:0:1::\(100 + place)"
    }

    private func expect(_ row: Row, _ address: String, from host: Host) async throws {
        let ping = try await host.start("ping", ["-n", "-c", "1", "-W", row.answers ? "5" : "1", address])
        #expect(try await ping.waitForExit().isSuccess == row.answers, "\(row.claim)")
        let neighbors = try await host.run("ip", ["neigh", "show", address])
        #expect(neighbors.contains("\(StandardHosts.deviceMAC)"), "\(row.claim)")
    }
}
