import Foundation
import NetworkLab
import class NetworkLab.Host

/// `vrrpd` on a host of the lab, called keepalived, as a drop-in for it.
struct DropIn {
    /// The running program, with its log.
    let process: LabProcess
    private let file: String

    /// The path of the program under keepalived's name, in the folder of a host.
    static func program(on host: NetworkLab.Host) throws -> String {
        let path = "\(host.directory)/keepalived"
        if !FileManager.default.fileExists(atPath: path) {
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: Programs.vrrpd)
        }
        return path
    }

    /// Starts it in the foreground, with its log on standard error, and dump files in the folder of the host.
    static func start(
        on host: NetworkLab.Host, _ text: String, arguments: [String] = [], environment: [String: String] = [:]
    ) async throws -> DropIn {
        let file = "\(host.directory)/k.conf"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let process = try await host.start(
            program(on: host), ["-n", "-l", "-f", file, "--hand-over-timeout", "0"] + arguments,
            environment: ["TMPDIR": host.directory].merging(environment) { $1 })
        return DropIn(process: process, file: file)
    }

    /// Waits for a line of the log.
    func waitForLine(
        _ text: String, after position: Journal<LabProcess.Line>.Position = .start
    ) async throws {
        try await process.waitForLine(containing: text, after: position, within: .seconds(15))
    }

    /// Replaces the configuration and lets the daemon read it; returns where its log stood before.
    func reload(_ text: String) throws -> Journal<LabProcess.Line>.Position {
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let position = process.lines.end
        process.signal(SIGHUP)
        return position
    }

    /// Waits until the program keeps signals for later, as it does from its first instruction on.
    func waitUntilSignalsAreKept() async throws {
        let path = "/proc/\(process.processIdentifier)/status"
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(10) {
            let lines = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n") ?? []
            let mask = lines.first { $0.hasPrefix("SigBlk:") }?.split(separator: "\t").last
            if let mask, let bits = UInt64(mask, radix: 16), bits & 1 << (UInt64(SIGUSR1) - 1) != 0 { return }
        }
        throw LabError.timedOut(waitingFor: "blocked signals", within: .seconds(10), context: process.output)
    }
}
