import Foundation
import NetworkLab

/// One of the contestants on a host of the lab. It is killed when the last reference to it goes away.
final class RunningDaemon: Sendable {
    let contestant: Contestant
    let process: LabProcess
    /// When it was started.
    let start: Timestamp
    private let file: String

    private init(_ contestant: Contestant, _ process: LabProcess, start: Timestamp, file: String) {
        self.contestant = contestant
        self.process = process
        self.start = start
        self.file = file
    }

    /// Starts a daemon from the text of a keepalived.conf; neither contestant logs more than it does by itself.
    static func start(
        _ contestant: Contestant, on host: NetworkLab.Host, _ configuration: String
    ) async throws -> RunningDaemon {
        let file = "\(host.directory)/\(contestant.rawValue).conf"
        try write(configuration, to: file)
        let arguments: [String]
        switch contestant {
        case .vrrpd:
            arguments = ["-n", "-l", "-f", file, "-p", "/run/vrrpd.pid", "--control-socket", "/run/vrrpd.sock"]
        case .keepalived:
            // One that was killed left its files, and as long as nobody has reaped it counts as running.
            let pidFiles = ["keepalived", "vrrp"].map { "\(host.directory)/\($0).pid" }
            for pidFile in pidFiles { try? FileManager.default.removeItem(atPath: pidFile) }
            arguments = ["-n", "-l", "-P", "-G", "-f", file, "-p", pidFiles[0], "-r", pidFiles[1]]
        }
        let start = Timestamp.now
        let process = try await host.start(contestant.program, arguments)
        return RunningDaemon(contestant, process, start: start, file: file)
    }

    /// Replaces the configuration and lets the daemon read it.
    func reload(_ configuration: String) throws {
        try Self.write(configuration, to: file)
        process.signal(SIGHUP)
    }

    /// Takes its life at once, and that of its children: addresses stay, nobody is told.
    func kill() { process.killSession() }

    /// Asks it to stop in order.
    func terminate() { process.signal(SIGTERM) }

    /// What all processes of the daemon have cost so far.
    func account() throws -> ProcessAccount { try ProcessAccount(ofTree: process.processIdentifier) }

    /// Both refuse or warn about a file that others may execute or write.
    private static func write(_ text: String, to file: String) throws {
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
    }
}
