import Foundation
import Glibc
import NetworkLab

/// The dump files of daemons in the lab, by their names.
enum DumpFiles {
    /// The signals that ask for them.
    static let signals: [(file: String, number: Int32)] = [
        ("keepalived.data", SIGUSR1), ("keepalived_parent.data", SIGUSR1), ("keepalived.stats", SIGUSR2),
        ("keepalived.json", 36),
    ]

    /// Runs both daemons, each alone on a network, until all instances of both are active, and lets them write.
    static func ofBoth(
        _ configuration: String, instances: [String]
    ) async throws -> (ours: [String: String], theirs: [String: String]) {
        try await Lab.with { lab in
            try await lab.addSegment("other")
            let host = try await lab.host("ours", addresses: ["192.0.2.10/24", "fe80::10/64"])
            let peer = try await lab.host("theirs", addresses: ["192.0.2.10/24", "fe80::10/64"], segment: "other")
            let daemon = try await VRRPDaemon.start(
                on: host, .keepalived(configuration), environment: ["TMPDIR": host.directory])
            let keepalived = try await KeepalivedPeer.start(
                on: peer, configuration: configuration, environment: ["TMPDIR": peer.directory])
            for name in instances {
                try await daemon.waitForState(.active, of: name)
                try await keepalived.waitForState(.master, instance: name, within: .seconds(15))
            }
            try await Task.sleep(for: .milliseconds(200))
            let ours = try await written(by: daemon.process, in: host.directory)
            let theirs = try await written(by: keepalived.process, in: peer.directory)
            return (ours, theirs)
        }
    }

    private static func written(by process: LabProcess, in directory: String) async throws -> [String: String] {
        var texts: [String: String] = [:]
        for (file, number) in signals {
            process.signal(number)
            let path = "\(directory)/\(file)"
            let start = ContinuousClock.now
            // keepalived renames a file before it has written it.
            while texts[file, default: ""].isEmpty || texts[file]?.hasSuffix("\n") == false {
                guard ContinuousClock.now - start < .seconds(15) else {
                    throw LabError.timedOut(waitingFor: file, within: .seconds(15), context: process.output)
                }
                try await Task.sleep(for: .milliseconds(20))
                texts[file] = try? String(contentsOfFile: path, encoding: .utf8)
            }
        }
        return texts
    }
}
