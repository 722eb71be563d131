import Foundation
import Glibc
import NetworkLab
import class NetworkLab.Host

/// The entry point of a container for IP failover on a host of the lab, with `vrrpd` as its keepalived.
struct FailoverContainer {
    /// What must be there to run one.
    static let prerequisites = VRRPDaemon.prerequisites

    /// The environment of OpenShift's documented Deployment; its check always succeeds, because nothing listens here.
    static let environment = [
        "OPENSHIFT_HA_CONFIG_NAME": "ipfailover", "OPENSHIFT_HA_VIRTUAL_IPS": "1.1.1.1-2",
        "OPENSHIFT_HA_VIP_GROUPS": "10", "OPENSHIFT_HA_NETWORK_INTERFACE": "eth0", "OPENSHIFT_HA_MONITOR_PORT": "0",
        "OPENSHIFT_HA_VRRP_ID_OFFSET": "0", "OPENSHIFT_HA_REPLICA_COUNT": "2", "OPENSHIFT_HA_USE_UNICAST": "false",
        "OPENSHIFT_HA_IPTABLES_CHAIN": "INPUT", "OPENSHIFT_HA_PREEMPTION": "preempt_delay 300",
        "OPENSHIFT_HA_CHECK_INTERVAL": "2",
    ]

    /// The running entry point, with its log and that of the daemon.
    let process: LabProcess
    private let host: NetworkLab.Host

    /// Starts one.
    ///
    /// - Parameters:
    ///   - keepalived: the text of a shell script that stands for the daemon; nil for `vrrpd` under that name.
    ///   - environment: what differs from ``environment``.
    ///   - prefix: a program and its arguments that start the entry point; none for itself.
    static func start(
        on host: NetworkLab.Host, keepalived: String? = nil, environment: [String: String] = [:],
        prefix: [String] = []
    ) async throws -> FailoverContainer {
        let daemon = "\(host.directory)/keepalived"
        try? FileManager.default.removeItem(atPath: daemon)
        if let keepalived {
            try keepalived.write(toFile: daemon, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: daemon)
        } else {
            try FileManager.default.createSymbolicLink(atPath: daemon, withDestinationPath: Programs.vrrpd)
        }
        let ownEnvironment = [
            "KEEPALIVED_CONFIG": configuration(on: host),
            "KEEPALIVED_OPTIONS": "-D -p /run/keepalived.pid --control-socket /run/vrrpd.sock",
        ]
        let words = prefix + [Programs.vrrpIPFailover, "--keepalived", daemon, "--options-file", "/nonexistent"]
        let process = try await host.start(
            words[0], Array(words.dropFirst()),
            environment: Self.environment.merging(ownEnvironment) { $1 }.merging(environment) { $1 })
        return FailoverContainer(process: process, host: host)
    }

    /// Where the configuration of the container on a host lies.
    static func configuration(on host: NetworkLab.Host) -> String { "\(host.directory)/keepalived.conf" }

    /// The process number that the daemon has written down.
    func daemonProcess() throws -> pid_t? {
        let text = try String(contentsOfFile: "\(host.runDirectory)/keepalived.pid", encoding: .utf8)
        return pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// Waits until the daemon has logged that an instance is backup, in its own words or in keepalived's.
    func waitUntilBackup(within timeout: Duration = .seconds(10)) async throws {
        let match = await process.lines.first(within: timeout) {
            $0.text.contains("→ backup") || $0.text.contains("Entering BACKUP STATE")
        }
        guard match == nil else { return }
        throw LabError.timedOut(waitingFor: "a backup", within: timeout, context: process.output)
    }

    /// Kills all of it at once, as a loss of power does.
    func kill() { process.killSession() }
}
