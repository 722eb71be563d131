import Foundation
import NetworkLab
import Testing

@Suite(
    "What vrrpd and keepalived track alike", .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites),
    .timeLimit(.minutes(2)))
struct KeepalivedTrackingTests {
    /// Which programs run on the two nodes.
    enum Pair: Sendable, CaseIterable {
        case daemonAndKeepalived, keepalivedAndDaemon, twoKeepaliveds
    }

    /// The same file for both programs and nodes, but for the priority and the folder of the node.
    private static func file(_ node: LabNode, priority: Int) -> String {
        let tracked = """
            track_file load {
                file \(node.host.directory)/load
                weight -2
                init_file 1
            }
            vrrp_script check {
                script "/usr/bin/test -e \(node.host.directory)/healthy"
                interval 1
                weight -60
            }

            """
        let instance = KeepalivedInstance(
            priority: priority, interval: "0.1",
            lines: ["track_file {", "load", "}", "track_script {", "check", "}"])
        let file = KeepalivedInstance.file(instance).replacing(
            "global_defs {", with: "global_defs {\n    script_user root\n    enable_script_security")
        guard let position = file.firstRange(of: "vrrp_instance")?.lowerBound else { return file }
        return file[..<position] + tracked + file[position...]
    }

    private static func start(_ node: LabNode, isKeepalived: Bool, priority: Int) async throws -> LabProcess {
        let text = file(node, priority: priority)
        if isKeepalived { return try await KeepalivedPeer.start(on: node.host, configuration: text).process }
        return try await VRRPDaemon.start(on: node.host, .keepalived(text)).process
    }

    @Test(
        "A file and a script with weights move the address away and back, whoever runs where", arguments: Pair.allCases)
    func moves(_ pair: Pair) async throws {
        try await Lab.with { lab in
            let (first, second) = (try await lab.node("dut", 10), try await lab.node("peer", 20))
            let folder = first.host.directory
            for node in [first, second] { try "".write(toFile: "\(node.host.directory)/healthy") }
            let processes = [
                try await Self.start(first, isKeepalived: pair != .daemonAndKeepalived, priority: 120),
                try await Self.start(second, isKeepalived: pair != .keepalivedAndDaemon, priority: 100),
            ]
            func expectOwner(_ owner: LabNode, _ why: String) async throws {
                try await owner.waitUntil(holds: true, "192.0.2.100")
                try await (owner.host.name == first.host.name ? second : first).waitUntil(holds: false, "192.0.2.100")
            }
            try await expectOwner(first, "priority 118")
            #expect(try String(contentsOfFile: "\(folder)/load", encoding: .utf8) == "1\n")
            try "15\n".write(toFile: "\(folder)/load")
            try await expectOwner(second, "priority 90")
            try "5\n".write(toFile: "\(folder)/load")
            try await expectOwner(first, "priority 110")
            try FileManager.default.removeItem(atPath: "\(folder)/healthy")
            try await expectOwner(second, "priority 50")
            try "".write(toFile: "\(folder)/healthy")
            try await expectOwner(first, "priority 110 again")
            try "127\n".write(toFile: "\(folder)/load")
            try await expectOwner(second, "-254, which is a fault")
            try FileManager.default.removeItem(atPath: "\(folder)/load")
            try await expectOwner(first, "no file, which is 0")
            for process in processes { expectRunning(process) }
        }
    }
}

extension String {
    /// Writes a file in its place, as a shell's redirection does.
    fileprivate func write(toFile path: String) throws { try write(toFile: path, atomically: false, encoding: .utf8) }
}
