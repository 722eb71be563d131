import NetworkLab
import Testing
import VRRP

@Suite("A storm of scripts", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(2)))
struct ScriptStormTests {
    private let ids = 1...255

    @Test("255 scripts each second leave the adverts of 255 routers as they are without any")
    func adverts() async throws {
        let calm = try await deviations(withScripts: false)
        let stormy = try await deviations(withScripts: true)
        // Adverts share wake-ups, which moves them by some milliseconds, and whoever runs this beside other things has a
        // busy machine: what must not be seen is that programs are started between them.
        #expect(stormy.count >= ids.count * 4)
        #expect(stormy[stormy.count / 2] <= calm[calm.count / 2] + .milliseconds(4))
        #expect(stormy[stormy.count * 9 / 10] <= calm[calm.count * 9 / 10] + .milliseconds(10))
    }

    /// How far adverts are from the grid of their router, in ascending order.
    private func deviations(withScripts: Bool) async throws -> [Duration] {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let tap = try await lab.tap(keeping: \.isVRRP)
            let daemon = try await VRRPDaemon.start(
                on: dut.host, .keepalived(file(withScripts: withScripts)))
            try await tap.waitForActive(dut.ipv4, id: ids.upperBound, for: .milliseconds(2100))
            let start = tap.frames.end
            try await Task.sleep(for: .seconds(6))
            var deviations: [Duration] = []
            for id in ids {
                let times = tap.adverts(after: start, id: id).map(\.time)
                guard let first = times.first else { continue }
                let residuals = times.enumerated().map { position, time in
                    time - first - .seconds(position)
                }.sorted()
                let middle = residuals[residuals.count / 2]
                deviations += residuals.map { max($0 - middle, middle - $0) }
            }
            if withScripts {
                let log = daemon.process.lines.entries()
                #expect(log.count { $0.text.contains("is good: it ended with status 0") } == ids.count)
                #expect(!log.contains { $0.text.contains("is bad: ") })
            }
            return deviations.sorted()
        }
    }

    private func file(withScripts: Bool) -> String {
        var text = "global_defs {\n    script_user root\n}\n"
        if withScripts {
            for id in ids {
                text += "vrrp_script check_\(id) {\n    script /usr/bin/true\n    interval 1\n    timeout 10\n}\n"
            }
        }
        return text
            + KeepalivedInstance.file(
                ids.map { id in
                    KeepalivedInstance(
                        name: "VI_\(id)", id: id, priority: 150, addresses: ["198.51.100.\(id)"],
                        lines: withScripts ? ["track_script {", "    check_\(id)", "}"] : [])
                })
    }
}
