import Foundation
import Glibc
import NetworkLab
import Testing

/// Measured with the image's program, which is optimized: without that the texts take ten times as long.
@Suite("The time that the image's dump files take", .serialized, .needsImage, .timeLimit(.minutes(2)))
struct DumpTimeTests {
    /// An exporter reads a file 100 ms after its signal; half of that is for whoever else wants the processor.
    private static let limit: TimeInterval = 0.050

    @Test(
        "Each file of 255 instances is complete within 50 ms of its signal",
        arguments: [("keepalived.data", SIGUSR1), ("keepalived.stats", SIGUSR2), ("keepalived.json", 36)])
    func manyInstances(_ file: String, _ signal: Int32) async throws {
        try await Lab.with { lab in
            let host = try await lab.host("dut", addresses: ["192.0.2.10/24"])
            let configuration = "\(host.directory)/keepalived.conf"
            try Self.configuration.write(toFile: configuration, atomically: true, encoding: .utf8)
            let keepalived = try await host.start(
                "\(Image.root)/usr/sbin/keepalived",
                ["-n", "-l", "-D", "-f", configuration, "-p", "/run/keepalived.pid"],
                environment: ["TMPDIR": host.directory])
            try await keepalived.waitForLine(containing: "(VI_255) Entering MASTER STATE", within: .seconds(20))
            // Before everything else on the machine, so that the time is the program's own.
            try await host.run("chrt", ["--all-tasks", "--fifo", "--pid", "1", "\(keepalived.processIdentifier)"])
            let path = "\(host.directory)/\(file)"
            var times: [TimeInterval] = []
            for _ in 0..<9 {
                unlink(path)
                // Nobody asks again as soon as there is an answer.
                try await Task.sleep(for: .milliseconds(300))
                let start = Date()
                keepalived.signal(signal)
                times.append(try await appearance(of: path).timeIntervalSince(start))
                let text = try String(contentsOfFile: path, encoding: .utf8)
                #expect(text.contains("VI_255") && text.hasSuffix("\n"))
            }
            times.sort()
            // The kernel's own work comes before the program's now and then.
            #expect(times[times.count / 2] < Self.limit, "\(times)")
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
        + (1...255).map { id in
            """
            vrrp_instance VI_\(id) {
                interface eth0
                virtual_router_id \(id)
                version 3
                priority 150
                advert_int 0.1
                virtual_ipaddress {
                    198.51.100.\(id)
                    203.0.113.\(id)
                }
                notify "/bin/true \(id)"
                track_script {
                    chk
                }
            }

            """
        }.joined()
}
