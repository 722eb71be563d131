import Testing
import VRRPEngine

@testable import KeepalivedCompatibility

/// Measures times, so nothing else may run beside it.
@Suite("The time that long lists take", .serialized, .timeLimit(.minutes(5)))
struct GrowthTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// So many entries that a comparison of each with all before it would take most of the time.
        var count: Int
        /// A file with a number of entries.
        var text: @Sendable (Int) -> String
    }

    private static func lines(_ count: Int, _ line: (Int) -> String) -> String {
        (0..<count).map(line).joined(separator: "\n")
    }

    private static func instances(_ count: Int, _ body: (Int) -> String) -> String {
        lines(count) { number in
            let addresses = "10.\(number >> 8).\(number & 255).1"
            return instance(body(number), name: "VI_\(number)", id: number % 255 + 1, addresses: addresses)
                .replacing("interface eth0", with: "interface eth\(number / 255)")
        }
    }

    static let cases = [
        Case(testDescription: "what an instance tracks", count: 1_500) { count in
            instance("track_script {\n\(lines(count) { "s\($0)" })\n}")
        },
        Case(testDescription: "delays of interfaces", count: 1_500) { count in
            "interface_up_down_delays {\n\(lines(count) { "eth\($0) 1" })\n}"
        },
        Case(testDescription: "instances with one identifier", count: 400) { count in
            lines(count) { number in
                let body = "unicast_peer {\n10.1.\(number >> 8).\(number & 255)\n}"
                let address = "10.2.\(number >> 8).\(number & 255)"
                return instance(body, name: "VI_\(number)", id: 7, addresses: address)
            }
        },
        Case(testDescription: "groups of one instance", count: 400) { count in
            instances(count) { _ in "" } + "\n"
                + lines(count) { "vrrp_sync_group G_\($0) {\ngroup {\nVI_\($0)\n}\n}" }
        },
        Case(testDescription: "members of one group, each twice", count: 400) { count in
            instances(count) { _ in "" }
                + "\nvrrp_sync_group G {\ngroup {\n\(lines(2 * count) { "VI_\($0 % count)" })\n}\n}"
        },
    ]

    /// The shortest time that a text takes: whatever else runs makes it longer.
    private func time(_ text: String) throws -> Duration {
        try (0..<3).map { _ in
            try ContinuousClock().measure {
                let found = try load(text)
                if !found.hasErrors { try found.definitions.validate() }
            }
        }.min() ?? .zero
    }

    @Test("Four times as much takes less than eight times as long", arguments: cases)
    func ratio(_ example: Case) throws {
        let few = try time(example.text(example.count))
        let many = try time(example.text(4 * example.count))
        #expect(many < few * 8, "\(few) and \(many)")
    }
}
