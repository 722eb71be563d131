import Foundation
import Testing

@testable import NetworkLab

@Suite("What a lab leaves behind", .needs(Prerequisite.lab), .timeLimit(.minutes(1)))
struct LabCleanupTests {
    @Test("Nothing is left of a closed lab: no namespace, no directory, no process")
    func closedLabLeavesNothing() async throws {
        let lab = try await Lab.open()
        let host = try await lab.host("a", addresses: ["192.0.2.10/24"])
        let names = await lab.namespaceNames
        let direct = try await host.start("sleep", ["1000"])
        try await host.run("sh", ["-c", "setsid sleep 1000 >/dev/null 2>&1 & echo $! > /run/pid"])
        let text = try String(contentsOfFile: host.runDirectory + "/pid", encoding: .utf8)
        let indirect = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(names.allSatisfy(exists))
        await lab.close()
        await lab.close()
        #expect(!names.contains(where: exists))
        #expect(!FileManager.default.fileExists(atPath: host.directory))
        #expect(try await direct.waitForExit() == .signalled(SIGKILL))
        #expect(await isGone(indirect))
    }

    @Test("Nothing is left when the body of a lab throws, or when a host cannot be made")
    func failedLabLeavesNothing() async throws {
        var names: [String] = []
        await #expect(throws: LabError.self) {
            try await Lab.with { lab in
                _ = try await lab.host("a", addresses: ["192.0.2.10/24"])
                names = await lab.namespaceNames
                _ = try await lab.host("b", addresses: ["no address"])
            }
        }
        #expect(names.count == 2)
        #expect(!names.contains(where: exists))
    }

    @Test("Nothing is left of a lab that was forgotten")
    func forgottenLabLeavesNothing() async throws {
        let names: [String]
        do {
            let lab = try await Lab.open()
            _ = try await lab.host("a", addresses: [])
            names = await lab.namespaceNames
        }
        for _ in 0..<200 where names.contains(where: exists) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(!names.contains(where: exists))
    }

    private func exists(_ namespace: String) -> Bool {
        FileManager.default.fileExists(atPath: "/run/netns/\(namespace)")
    }

    /// Whether a process ends within two seconds; one that its parent has not asked about yet counts as gone.
    private func isGone(_ process: Int32) async -> Bool {
        for _ in 0..<200 {
            let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            guard let state, !state.contains(") Z ") else { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}

@Suite("Which names are leftovers")
struct LeftoverNameTests {
    @Test("Only a lab's name with the number of a process that is gone", arguments: ["vl4194303x1-a", "vl4194303x12"])
    func deadOwner(_ name: String) { #expect(Leftovers.isLeftover(name)) }

    @Test(
        "Neither a living process's lab nor anything else",
        arguments: ["vl\(getpid())x1-a", "vl1x1-a", "vlan7", "vl4194303", "vlx1-a", "cni-4194303x1"])
    func others(_ name: String) { #expect(!Leftovers.isLeftover(name)) }
}
