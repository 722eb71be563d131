import Foundation

/// The real keepalived on a host of the lab.
public final class KeepalivedPeer: Sendable {
    /// The states of a VRRP instance, as keepalived names them in its log.
    public enum State: String, Sendable {
        case master = "MASTER"
        case backup = "BACKUP"
        case fault = "FAULT"
    }

    /// The running program, with its log.
    public let process: LabProcess

    private init(process: LabProcess) { self.process = process }

    /// What must be there to run one.
    public static let prerequisites = Prerequisite.lab + [.keepalived]

    /// Starts keepalived with a configuration.
    ///
    /// - Parameters:
    ///   - configuration: the text of its keepalived.conf.
    ///   - arguments: flags on top of those that let it run in a lab: `-n -l -D -P -G`, its own files, no checkers.
    ///   - environment: what differs from this process's environment.
    public static func start(
        on host: Host, configuration: String, arguments: [String] = [], environment: [String: String] = [:]
    ) async throws -> KeepalivedPeer {
        let directory = "\(host.directory)/keepalived"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let file = "\(directory)/keepalived.conf"
        try configuration.write(toFile: file, atomically: true, encoding: .utf8)
        // keepalived refuses a file that others may execute, and warns about one that others may write.
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        // A predecessor that was killed left its files, and as long as nobody has reaped it counts as running.
        let pidFiles = ["keepalived", "vrrp"].map { "\(directory)/\($0).pid" }
        for pidFile in pidFiles { try? FileManager.default.removeItem(atPath: pidFile) }
        let process = try await host.start(
            "keepalived",
            [
                "-n", "-l", "-D", "-P", "-G", "-f", file, "-p", pidFiles[0], "-r", pidFiles[1],
            ] + arguments, environment: environment)
        return KeepalivedPeer(process: process)
    }

    /// Waits until an instance says that it enters a state; a state entered before `position` does not count.
    public func waitForState(
        _ state: State, instance: String, after position: Journal<LabProcess.Line>.Position = .start,
        within timeout: Duration
    ) async throws {
        try await process.waitForLine(
            containing: "(\(instance)) Entering \(state.rawValue) STATE", after: position, within: timeout)
    }

    /// Lets keepalived give its addresses up and end.
    public func stop() async throws {
        process.signal(SIGTERM)
        _ = try await process.waitForExit(within: .seconds(10))
    }

    /// Kills keepalived and its children at once: addresses stay where they are, and nobody is told.
    public func kill() { process.killSession() }
}
