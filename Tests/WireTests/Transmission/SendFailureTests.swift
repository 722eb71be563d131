import JSONDocument
import NetworkLab
import Testing

@Suite("Adverts that the kernel does not take", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct SendFailureTests {
    @Test("What a packet filter holds back is counted for its interface, and the status says so")
    func filteredAdverts() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("dut", addresses: ["192.0.2.10/24"])
            let daemon = try await VRRPDaemon.start(
                on: host,
                .routers([
                    RouterText.router(with: [
                        "priority": 200, "advertisementIntervalMilliseconds": 100,
                        "transport": ["mode": "unicast", "peers": ["192.0.2.20"]],
                    ])
                ]))
            try await daemon.waitForState(.active, of: "VR")
            try await #expect(daemon.status().root.member("sendFailures").elements().isEmpty)

            try await host.run(
                "nft", ["-f", "-"],
                input: "table ip t { chain c { type filter hook output priority 0; ip protocol 112 drop; }; }")
            _ = try await daemon.status(when: "ten adverts that were not sent") { status in
                try status.root.member("sendFailures").elements().contains { failure in
                    let packets: Int64 = try failure.member("packets").integer()
                    return try failure.member("interface").string() == "eth0" && packets >= 10
                }
            }
        }
    }
}
