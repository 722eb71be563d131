import Foundation
import JSONDocument
import NetworkLab
import Testing

@Suite("The command line of vrrpd", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct CommandLineTests {
    private static let good = KeepalivedInstance.file(KeepalivedInstance(priority: 150))

    /// A configuration to check and what is to come of it.
    struct Check: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let status: Int32
        /// What the complaint contains.
        let complaint: [String]
    }

    @Test(
        "-t says what is wrong and where, and its status is 0, 4 or 5 as keepalived's",
        arguments: [
            Check(testDescription: "a good file", text: good, status: 0, complaint: []),
            Check(
                testDescription: "an unknown keyword", text: good.replacing("priority 150", with: "priorty 150"),
                status: 5, complaint: ["/c:11:", "priorty", "unknown keyword", "priority"]),
            Check(
                testDescription: "a value out of range", text: good.replacing("priority 150", with: "priority 300"),
                status: 4, complaint: ["/c:11:", "priority", "300", "1 to 255"]),
            Check(
                testDescription: "a missing interface", text: good.replacing("interface eth0\n", with: "\n"),
                status: 4, complaint: ["/c:7:", "interface", "missing"]),
        ])
    func checksKeepalivedFile(_ check: Check) async throws {
        try await expect(check, option: "-f")
    }

    @Test(
        "-t checks definitions as well",
        arguments: [
            Check(
                testDescription: "good definitions",
                text: VRRPDaemon.Configuration.routers([RouterText.router()]).text, status: 0, complaint: []),
            Check(
                testDescription: "a value out of range",
                text: VRRPDaemon.Configuration.routers([RouterText.router(with: ["priority": 300])]).text, status: 4,
                complaint: ["/c:1:", "virtualRouters[0].priority is 300", "1 to 255"]),
            Check(
                testDescription: "no JSON", text: "{\n  \"version\": 1,\n}\n", status: 4, complaint: ["/c:3:1"]),
        ])
    func checksDefinitions(_ check: Check) async throws {
        try await expect(check, option: "--definitions")
    }

    @Test("-t of a file that is not there has status 4 and names it")
    func missingFile() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("dut", addresses: [])
            let process = try await host.start(Programs.vrrpd, ["-t", "-f", "/nowhere/keepalived.conf"])
            #expect(try await process.waitForExit() == .exited(4))
            #expect(process.output.contains("/nowhere/keepalived.conf"))
        }
    }

    @Test("-v and -h answer and have status 0; an unknown option has status 1; a bad file stops the start")
    func answersAndRefusals() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("dut", addresses: [])
            let version = try await host.start(Programs.vrrpd, ["-v"])
            #expect(try await version.waitForExit() == .exited(0))
            #expect(version.output.wholeMatch(of: /vrrpd \d+\.\d+\.\d+/) != nil)
            let usage = try await host.start(Programs.vrrpd, ["-h"])
            #expect(try await usage.waitForExit() == .exited(0))
            #expect(usage.output.hasPrefix("Usage: vrrpd"))
            for option in ["-f", "--definitions", "--control-socket", "-n", "-l", "-D", "-p", "-t", "-i"] {
                #expect(usage.output.contains(option))
            }
            let unknown = try await host.start(Programs.vrrpd, ["--no-such-option"])
            #expect(try await unknown.waitForExit() == .exited(1))
            #expect(unknown.output.contains("no-such-option"))

            let missing = try await host.start(Programs.vrrpd, ["-n", "-l", "-f", "/nowhere/keepalived.conf"])
            #expect(try await missing.waitForExit() == .exited(6))
            let bad = try await VRRPDaemon.start(
                on: host, .keepalived(Self.good.replacing("priority 150", with: "priority 300")))
            #expect(try await bad.process.waitForExit() == .exited(2))
        }
    }

    private func expect(_ check: Check, option: String) async throws {
        try await Lab.with { lab in
            let host = try await lab.host("dut", addresses: [])
            try check.text.write(toFile: "\(host.directory)/c", atomically: true, encoding: .utf8)
            let process = try await host.start(Programs.vrrpd, ["-t", option, "\(host.directory)/c"])
            #expect(try await process.waitForExit() == .exited(check.status), "\(process.output)")
            let text = process.output
            if check.complaint.isEmpty { #expect(text == "") }
            for words in check.complaint { #expect(text.contains(words), "\(text)") }
        }
    }
}
