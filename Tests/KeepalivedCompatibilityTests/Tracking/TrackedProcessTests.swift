import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("vrrp_track_process")
struct TrackedProcessTests {
    private func load(_ lines: String, _ entry: String = "p") throws -> KeepalivedConfiguration {
        try KeepalivedCompatibilityTests.load(
            "vrrp_track_process p {\n\(lines)\n}\n" + instance("track_process { \(entry) }"))
    }

    private func process(_ lines: String) throws -> TrackedProcessDefinition {
        let configuration = try load(lines)
        #expect(configuration.diagnostics == [])
        return try #require(configuration.trackedProcesses.first)
    }

    @Test("A process that an instance tracks becomes an object of the engine's that is good or bad, of weight 1")
    func plain() throws {
        let configuration = try load("process haproxy")
        #expect(configuration.diagnostics == [])
        #expect(configuration.trackedProcesses == [TrackedProcessDefinition(name: "p", program: "haproxy")])
        #expect(
            configuration.definitions.virtualRouters.first?.tracking.conditions
                == [.init(.external("process p"), effect: .weight(1))])
    }

    @Test(
        "What a process must look like: its name, or its command line",
        arguments: [
            ("process a", ["a"], nil), ("process a\nfull_command", ["a"], .any), ("process a b", ["a", "b"], .exact),
            ("process \"a b\" \"c d\"", ["a b", "c d"], .exact), ("process a\nparam_match", ["a"], .exact),
            ("process a b\nparam_match partial", ["a", "b"], .first),
            ("process a b\nparam_match initial\nfull_command", ["a", "b"], .beginning),
        ] as [(String, [String], TrackedProcessDefinition.ParameterMatch?)])
    func command(lines: String, words: [String], match: TrackedProcessDefinition.ParameterMatch?) throws {
        let process = try process(lines)
        #expect([process.program] + process.parameters == words)
        #expect(process.parameterMatch == match)
    }

    @Test(
        "How many of them there must be",
        arguments: [
            ("", 1...Int.max), ("quorum 3", 3...Int.max), ("quorum_max 3", 1...3), ("quorum 3\nquorum_max 3", 3...3),
            ("quorum_max 0", 0...0), ("quorum 5\nquorum_max 0", 0...0),
        ] as [(String, ClosedRange<Int>)])
    func quorum(lines: String, quorum: ClosedRange<Int>) throws {
        #expect(try process("process a\n\(lines)").quorum == quorum)
    }

    @Test("delay sets both delays, and what is written later counts")
    func delays() throws {
        let both = try process("process a\ndelay 0.5")
        #expect(both.forkDelay == .milliseconds(500))
        #expect(both.terminateDelay == .milliseconds(500))
        let each = try process("process a\ndelay 0.5\nterminate_delay 2\nfork_delay 0.000001")
        #expect(each.terminateDelay == .seconds(2))
        #expect(each.forkDelay == .microseconds(1))
    }

    @Test(
        "The weight may be 254, which is as much as 253",
        arguments: [
            ("weight 254", "", TrackingEffect.weight(253)), ("weight -254 reverse", "", .reversedWeight(-253)),
            ("weight 5", "weight 0 reverse", .reversedFault), ("weight 0", "", .fault),
        ] as [(String, String, TrackingEffect)])
    func weight(lines: String, entry: String, effect: TrackingEffect) throws {
        let configuration = try load("process a\n\(lines)", "p \(entry)")
        #expect(configuration.diagnostics == [])
        #expect(configuration.definitions.virtualRouters.first?.tracking.conditions.map(\.effect) == [effect])
        #expect(throws: Never.self) { try configuration.definitions.validate() }
    }

    @Test(
        "A wrong value is an error",
        arguments: [
            ("quorum 1", "1: vrrp_track_process p: process is missing"),
            ("process", "2: process: a value is missing; allowed is the name of a program"),
            ("process a\nquorum 0", "3: quorum: 0 is not allowed; allowed is 1 to 65535"),
            ("process a\nquorum_max 65536", "3: quorum_max: 65536 is not allowed; allowed is 0 to 65535"),
            (
                "process a\nquorum 3\nquorum_max 2",
                "4: quorum_max: 2 is not allowed; allowed is 0, or the quorum or more"
            ),
            ("process a\ndelay 0", "3: delay: 0 is not allowed; allowed is 0.000001 to 3600 seconds"),
            ("process a\nfork_delay 3601", "3: fork_delay: 3601 is not allowed; allowed is 0.000001 to 3600 seconds"),
            (
                "process a\nterminate_delay x",
                "3: terminate_delay: x is not allowed; allowed is 0.000001 to 3600 seconds"
            ),
            (
                "process a\nparam_match exact",
                "3: param_match: exact is not allowed; allowed is nothing, initial or partial"
            ),
            ("process a\nweight 300", "3: weight: 300 is not allowed; allowed is -254 to 254"),
        ])
    func wrongValue(lines: String, sentence: String) throws {
        let found = try load(lines).diagnostics.map { String($0.description.dropFirst("k.conf:".count)) }
        #expect(found.contains(sentence), "\(found)")
    }

    @Test("A process that is nowhere described is an error; one that nobody tracks is a warning")
    func names() throws {
        let unknown = try KeepalivedCompatibilityTests.load(instance("track_process { p }"))
        #expect(unknown.hasErrors)
        #expect(unknown.diagnostics.map(\.description) == ["k.conf:2: track_process: vrrp_track_process p is missing"])
        let unused = try KeepalivedCompatibilityTests.load("vrrp_track_process p { process a }\n" + instance(""))
        #expect(
            unused.diagnostics.map(\.description) == [
                "k.conf:1: vrrp_track_process p: ignored because no instance tracks it"
            ])
        let long = String(repeating: "x", count: 1000)
        let words = "process " + [String](repeating: "${L}", count: 5).joined(separator: " ")
        #expect(try KeepalivedCompatibilityTests.load("$L=\(long)\nvrrp_track_process p {\n\(words)\n}").hasErrors)
    }
}
