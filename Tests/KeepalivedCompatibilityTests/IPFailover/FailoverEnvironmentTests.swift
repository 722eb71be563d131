import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Environments of any kind")
struct FailoverEnvironmentTests {
    /// Values for any variable: those of some, and texts that mean something to the file that they would stand in.
    private static let values = [
        "", "0", "1", "2", "7", "254", "255", "256", "65535", "-1", "1e3", "ipfailover", "ha-1", "a.b", "eth0", "eth1",
        "nopreempt", "preempt_delay 60", "preempt", "192.0.2.10", "2001:db8::10", "192.0.2.100-120", "192.0.2.1-255",
        "2001:db8::1-1f, 192.0.2.7", "192.0.2.5,2001:db8::5,192.0.2.6,2001:db8::6", "10.0.0.0-255", "fe80::1", "12 13",
        "/etc/keepalive/check.sh", "/bin/bash -c 'exit 0'", "/bin/sh -c \"x\"", "/a $B", "/a ~SEQ(x, 1, 2)", "/a @b",
        "/a # b !",
        "/a { }", "}", "{", "!", "#", "\"", "'", "$x", "${x}", "$x=1", "@node", "@^node", "~SEQ(x, 1, 3)",
        "include /etc/passwd",
        "a\nvrrp_instance B {\n", "\\", "a\\", "\u{0}", "\u{7f}", "ü", "a@example.com", "a@example.com b@example.com",
        "mail.example.com 25", String(repeating: "x", count: 2000), String(repeating: "1.1.1.1,", count: 300),
    ]

    @Test("Each is refused with sentences or gives a file that is read without an error", arguments: 0..<8)
    func anyEnvironment(seed: UInt64) throws {
        var generator = HostileInputTests.SeededGenerator(state: seed)
        let node = NodeFacts(
            interfaces: [
                try .interface("eth0", ["192.0.2.10/24", "2001:db8::10/64"]),
                try .interface("eth1", ["fe80::9/64"], index: 3),
            ], outwardInterface: "eth0")
        var accepted = 0
        for _ in 0..<100 {
            var environment = ["OPENSHIFT_HA_VIRTUAL_IPS": "192.0.2.100-103"]
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let variable = FailoverVariable.allCases.randomElement(using: &generator) ?? .groups
                environment[variable.rawValue] = Self.values.randomElement(using: &generator)
            }
            let plan: FailoverPlan
            do { plan = try FailoverPlan(environment: environment, node: node) } catch {
                #expect(!error.problems.isEmpty)
                for problem in error.problems {
                    #expect(problem.description.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f })
                }
                continue
            }
            accepted += 1
            let configuration = try load(plan.configuration)
            let errors = configuration.diagnostics.filter { $0.severity == .error }
            #expect(errors == [], "\(environment)")
            #expect(throws: Never.self, "\(environment)") { try configuration.definitions.validate() }
            let addresses = configuration.definitions.virtualRouters.flatMap { $0.addresses.map(\.address) }
            #expect(Set(addresses) == Set(plan.addresses), "\(environment)")
            let again = try FailoverPlan(environment: environment, node: node)
            #expect(again.configuration == plan.configuration)
        }
        #expect(accepted > 5)
    }
}
