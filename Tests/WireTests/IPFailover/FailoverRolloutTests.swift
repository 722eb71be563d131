import Foundation
import NetworkLab
import Testing
import class NetworkLab.Host

@Suite(
    "A container for IP failover beside the original",
    .needs(FailoverContainer.prerequisites + KeepalivedPeer.prerequisites),
    .timeLimit(.minutes(2)))
struct FailoverRolloutTests {
    /// What the scripts of OpenShift's image write on the node 192.0.2.12.
    private static func original() throws -> String {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return try String(contentsOfFile: "\(root)/Fixtures/ipfailover/original.conf", encoding: .utf8)
    }

    /// Waits until the new one holds 1.1.1.2 and the old one 1.1.1.1, and neither of them both.
    private func waitUntilShared(_ new: LabNode, _ old: LabNode) async throws {
        try await new.waitUntil("1.1.1.2 alone", within: .seconds(20)) {
            $0.contains("1.1.1.2") && !$0.contains("1.1.1.1")
        }
        try await old.waitUntil("1.1.1.1 alone", within: .seconds(20)) {
            $0.contains("1.1.1.1") && !$0.contains("1.1.1.2")
        }
    }

    @Test("Old and new elect one owner for each address, take over from each other, and give way again")
    func rollout() async throws {
        try await Lab.with { lab in
            let (new, old) = (try await lab.node("new", 11), try await lab.node("old", 12))
            let before = try await new.host.addresses()
            let keepalived = try await KeepalivedPeer.start(on: old.host, configuration: Self.original())
            try await old.waitUntil("both addresses", within: .seconds(15)) {
                $0.contains("1.1.1.1") && $0.contains("1.1.1.2")
            }
            let container = try await FailoverContainer.start(on: new.host)
            try await waitUntilShared(new, old)
            // It stays so: neither refuses the other's adverts.
            try await Task.sleep(for: .seconds(3))
            try await waitUntilShared(new, old)

            try await keepalived.stop()
            try await new.waitUntil("both addresses", within: .seconds(15)) {
                $0.contains("1.1.1.1") && $0.contains("1.1.1.2")
            }
            let again = try await KeepalivedPeer.start(on: old.host, configuration: Self.original())
            try await waitUntilShared(new, old)

            container.process.signal(SIGTERM)
            try await old.waitUntil(holds: true, "1.1.1.2", within: .seconds(15))
            #expect(try await container.process.waitForExit(within: .seconds(20)).isSuccess)
            #expect(try await new.host.addresses() == before)
            #expect(try await old.holds("1.1.1.1"))
            #expect(again.process.exitStatus == nil)
        }
    }
}
