import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("Routers with the same virtual MAC", .needs(VRRPDaemon.prerequisites + [.macvlan]), .timeLimit(.minutes(1)))
struct SharedVirtualMACTests {
    @Test(
        "Two active routers hear each other's adverts from the MAC that both have, and one gives way",
        arguments: [AddressFamily.ipv4, .ipv6], [false, true])
    func settle(_ family: AddressFamily, _ findsPrivateInterface: Bool) async throws {
        try await Lab.with { lab in
            let hosts = [try await lab.device(), try await lab.injector()]
            try await lab.fail(hosts[0], .withoutVRRP)
            let name = "vrrp.77"
            var daemons: [VRRPDaemon] = []
            for (host, priority) in zip(hosts, [254, 253] as [Int64]) {
                if findsPrivateInterface {
                    // As keepalived leaves it behind when it is killed.
                    let address = ForgedEnvelope(family, virtualRouterID: 77).sourceMAC
                    try await host.ip("link add link eth0 name \(name) address \(address) type macvlan mode private")
                }
                let settings: JSONObject = [
                    "priority": .integer(priority), "advertisementIntervalMilliseconds": 500,
                    "virtualMAC": ["name": .string(name)],
                ]
                daemons.append(
                    try await VRRPDaemon.start(on: host, .routers([RouterText.router(family: family, with: settings)])))
            }
            for daemon in daemons { try await daemon.waitForState(.active, of: "VR") }
            let position = daemons[1].process.lines.end
            try await lab.heal(hosts[0])
            try await daemons[1].waitForState(.backup, of: "VR", after: position)
            #expect(try await daemons[0].status().router().state == .active)
        }
    }
}
