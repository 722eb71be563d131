import Foundation
import NetworkLab
import class NetworkLab.Host

/// Containers on a host of the lab that share its network and the numbers of their processes, as the pods of
/// keepalived-operator do.
final class Pod: Sendable {
    /// The rights of a container.
    enum Privileges: Sendable {
        /// Root with everything.
        case privileged
        /// The user 65532 with CAP_KILL and CAP_DAC_OVERRIDE, as CRI-O gives them to a privileged container.
        case exporterOfCRIO
        /// The user 65532 without any capability, as containerd leaves it in a privileged container.
        case exporterOfContainerd

        fileprivate var options: [String] {
            let user = ["--reuid", "65532", "--regid", "65532", "--clear-groups"]
            let capabilities = "+kill,+dac_override"
            return switch self {
            case .privileged: ["--reuid", "0"]
            case .exporterOfCRIO: user + ["--inh-caps", capabilities, "--ambient-caps", capabilities]
            case .exporterOfContainerd: user
            }
        }
    }

    let host: Host
    /// The first process; all others end with it.
    private let pause: LabProcess
    private let namespace: String

    private init(_ host: Host, _ pause: LabProcess, namespace: String) {
        self.host = host
        self.pause = pause
        self.namespace = namespace
    }

    /// Starts a pod without containers.
    static func start(on host: Host) async throws -> Pod {
        let pause = try await host.start("unshare", ["--pid", "--fork", "--kill-child", "sleep", "infinity"])
        let path = "/proc/\(pause.processIdentifier)/task/\(pause.processIdentifier)/children"
        let child = try await eventually("a first process") {
            (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: " ").first.map(String.init)
        }
        return Pod(host, pause, namespace: "/proc/\(child)/ns/pid")
    }

    /// Makes a directory that containers can have as a volume.
    func volume(_ name: String) throws -> String {
        let path = "\(host.directory)/\(name)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
        return path
    }

    /// Starts a program of the image.
    ///
    /// - Parameter volumes: `SOURCE:TARGET`, or `SOURCE:TARGET:ro`.
    func start(
        _ command: [String], volumes: [String] = [], environment: [String] = [], _ privileges: Privileges = .privileged
    ) async throws -> LabProcess {
        let scratch = try volume("container-\(UUID().uuidString)")
        return try await startOutside(
            ["unshare", "--mount", "--propagation", "private", Image.container, Image.root, scratch] + volumes + ["--"]
                + environment + ["--"] + privileges.options + ["--"] + command)
    }

    /// Runs a program of the image to its end and returns its output.
    @discardableResult
    func run(_ command: [String], volumes: [String] = [], environment: [String] = []) async throws -> String {
        let process = try await start(command, volumes: volumes, environment: environment)
        let status = try await process.waitForExit(within: .seconds(20))
        guard status.isSuccess else {
            throw LabError.commandFailed(
                command: command.joined(separator: " "), status: status, output: process.output)
        }
        return process.output
    }

    /// Starts a program of this machine among the processes of the pod.
    func startOutside(_ command: [String], environment: [String: String] = [:]) async throws -> LabProcess {
        try await host.start("nsenter", ["--pid=\(namespace)"] + command, environment: environment)
    }

    /// Sends a signal to a process by the number that it has in the pod.
    func signal(_ name: String, _ process: String) async throws {
        let kill = try await startOutside(["kill", "-\(name)", process])
        _ = try await kill.waitForExit()
    }
}

/// Asks again and again until there is an answer.
func eventually<Answer>(
    isolation: isolated (any Actor)? = #isolation, _ what: String, within timeout: Duration = .seconds(20),
    context: () -> String = { "" }, _ body: () async throws -> Answer?
) async throws -> Answer {
    let start = ContinuousClock.now
    while true {
        if let answer = try await body() { return answer }
        guard ContinuousClock.now - start < timeout else {
            throw LabError.timedOut(waitingFor: what, within: timeout, context: context())
        }
        try await Task.sleep(for: .milliseconds(50))
    }
}
