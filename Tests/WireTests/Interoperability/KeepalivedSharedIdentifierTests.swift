import NetworkLab
import Testing
import VRRP

@Suite(
    "One identifier for several instances beside keepalived",
    .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites), .timeLimit(.minutes(2)))
struct KeepalivedSharedIdentifierTests {
    @Test("The daemon shares one instance with each of two keepalived, which their addresses tell apart")
    func peers() async throws {
        try await Lab.with { lab in
            let (dut, east, west) = (
                try await lab.node("dut", 10), try await lab.node("east", 20), try await lab.node("west", 30)
            )
            func instance(
                _ name: String, _ priority: Int, _ address: String, from source: LabNode, to peer: LabNode
            ) -> KeepalivedInstance {
                KeepalivedInstance(
                    name: name, priority: priority, addresses: [address],
                    lines: KeepalivedInstance.unicast(from: "\(source.ipv4)", to: "\(peer.ipv4)"))
            }
            let eastern = try await KeepalivedPeer.start(
                on: east.host,
                configuration: KeepalivedInstance.file(instance("VI", 100, "192.0.2.101", from: east, to: dut)))
            let western = try await KeepalivedPeer.start(
                on: west.host,
                configuration: KeepalivedInstance.file(instance("VI", 200, "192.0.2.102", from: west, to: dut)))
            let daemon = try await VRRPDaemon.start(
                on: dut.host,
                .keepalived(
                    KeepalivedInstance.file(
                        instance("EAST", 150, "192.0.2.101", from: dut, to: east),
                        instance("WEST", 150, "192.0.2.102", from: dut, to: west))))
            try await daemon.waitForState(.active, of: "EAST")
            try await western.waitForState(.master, instance: "VI", within: .seconds(15))
            try await dut.waitUntil(holds: true, "192.0.2.101")
            try await west.waitUntil(holds: true, "192.0.2.102")
            try await east.waitUntil(holds: false, "192.0.2.101")
            try await daemon.status(when: "heard adverts of the western peer") {
                try $0.router("WEST").counter("advertisement-rcvd") > 2
            }
            #expect(try await daemon.status().router("WEST").state == .backup)

            try await western.stop()
            try await daemon.waitForState(.active, of: "WEST")
            try await dut.waitUntil(holds: true, "192.0.2.102")
            let status = try await daemon.status()
            for name in ["EAST", "WEST"] { #expect(try status.router(name).discards.isEmpty) }
            #expect(try status.router("EAST").state == .active)
            expectRunning(eastern.process)
        }
    }
}
