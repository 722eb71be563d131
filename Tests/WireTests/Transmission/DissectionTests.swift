import Foundation
import NetworkLab
import Testing
import VRRP

@Suite("Adverts in the eyes of Wireshark", .timeLimit(.minutes(1)))
struct DissectionTests {
    /// A dissected advert: what Wireshark calls its fields.
    private struct Dissection {
        let version: String
        let identifier: String
        let priority: String
        let addressCount: String
        let checksumStatus: String
        let complaints: String
    }

    @Test(
        "Wireshark dissects adverts of versions 2 and 3 over IPv4 and IPv6, and complains about none",
        .needs(VRRPDaemon.prerequisites + [.macvlan, .tshark]))
    func wiresharkAgrees() async throws {
        typealias Router = TransmissionBench.Router
        let capture = try await TransmissionBench.capture.value
        let expected: [(frame: CapturedFrame?, version: String, id: UInt8, count: String)] = [
            (capture.advert(Router.multicast), "3", Router.multicast, "2"),
            (capture.advert(Router.multicast, .ipv6), "3", Router.multicast, "2"),
            (capture.advert(Router.version2), "2", Router.version2, "2"),
            (capture.advert(Router.version2Password), "2", Router.version2Password, "1"),
            (capture.advert(Router.longest), "3", Router.longest, "255"),
        ]
        let dissections = try await dissect(expected.map { try #require($0.frame) })
        try #require(dissections.count == expected.count)
        for (dissection, expected) in zip(dissections, expected) {
            #expect(dissection.version == expected.version)
            #expect(dissection.identifier == "\(expected.id)")
            #expect(dissection.priority == "255")
            #expect(dissection.addressCount == expected.count)
            #expect(dissection.checksumStatus == "1", "1 is good in Wireshark's words")
            #expect(dissection.complaints.isEmpty)
        }
    }

    private func dissect(_ frames: [CapturedFrame]) async throws -> [Dissection] {
        try await Lab.with { lab in
            let host = try await lab.host("reader", addresses: [])
            let file = "\(host.directory)/adverts.pcap"
            try CaptureFile.write(frames, to: file)
            let fields = [
                "vrrp.version", "vrrp.virt_rtr_id", "vrrp.prio", "vrrp.addr_count", "vrrp.checksum.status",
                "_ws.expert.message",
            ]
            let output = try await host.run(
                "tshark", ["-n", "-r", file, "-T", "fields", "-E", "separator=|"] + fields.flatMap { ["-e", $0] },
                within: .seconds(40))
            return output.split(separator: "\n").compactMap { line in
                let words = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
                // tshark says in a line of its own that it runs as root.
                guard words.count == fields.count else { return nil }
                return Dissection(
                    version: words[0], identifier: words[1], priority: words[2], addressCount: words[3],
                    checksumStatus: words[4], complaints: words[5])
            }
        }
    }
}
