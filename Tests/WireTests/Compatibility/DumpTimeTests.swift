import Foundation
import Glibc
import NetworkLab
import Testing

@Suite("The time that dump files take", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(2)))
struct DumpTimeTests {
    /// An exporter reads a file 100 ms after its signal; half of that is for whoever else wants the processor. Without
    /// optimization the slowest file takes some 25 ms, with it 7.
    private static let limit: TimeInterval = 0.050

    @Test("Each file of 255 instances is complete within 50 ms of its signal")
    func manyInstances() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("dut", addresses: ["192.0.2.10/24"])
            let daemon = try await VRRPDaemon.start(
                on: host, .keepalived(Self.configuration), environment: ["TMPDIR": host.directory])
            try await daemon.waitForState(.active, of: "VI_255")
            // Before everything else on the machine, so that the time is the program's own.
            let process = "\(daemon.process.processIdentifier)"
            try await host.run("chrt", ["--fifo", "--pid", "1", process])
            for (file, number) in DumpFiles.signals {
                var times: [TimeInterval] = []
                for _ in 0..<9 {
                    let path = "\(host.directory)/\(file)"
                    unlink(path)
                    let start = Date()
                    daemon.process.signal(number)
                    times.append(try await appearance(of: path).timeIntervalSince(start))
                    let text = try String(contentsOfFile: path, encoding: .utf8)
                    #expect(text.contains("VI_255") && text.hasSuffix("\n"))
                }
                times.sort()
                // The kernel's own work comes before the program's now and then.
                #expect(times[times.count / 2] < Self.limit, "\(file): \(times)")
            }
        }
    }

    /// Waits until there is a file at `path`, and returns when it was renamed to that, which is when all of it was written:
    /// by the kernel's word, which is up to 4 ms behind.
    private func appearance(of path: String) async throws -> Date {
        var status = stat()
        for _ in 0..<2_000 where stat(path, &status) != 0 { try await Task.sleep(for: .milliseconds(2)) }
        return Date(
            timeIntervalSince1970: Double(status.st_ctim.tv_sec) + Double(status.st_ctim.tv_nsec) / 1_000_000_000)
    }

    private static let configuration =
        """
        global_defs {
            script_user root
        }
        vrrp_script chk {
            script /bin/true
        }

        """
        + KeepalivedInstance.file(
            (1...255).map { id in
                KeepalivedInstance(
                    name: "VI_\(id)", id: id, priority: 150, addresses: ["198.51.100.\(id)", "203.0.113.\(id)"],
                    lines: ["notify \"/bin/true \(id)\"", "track_script {", "    chk", "}"])
            })
}
