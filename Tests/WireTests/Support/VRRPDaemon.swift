import Foundation
import Glibc
import JSONDocument
import NetworkLab
import class NetworkLab.Host

/// The real `vrrpd` on a host of the lab.
///
/// It is killed when the last reference to it goes away. Its control socket and its pid file lie in the host's own `/run`.
final class VRRPDaemon: Sendable {
    /// The states of a virtual router, as the daemon names them.
    enum State: String, Sendable {
        case initialize, backup, active

        /// What it is called in the log of a daemon that is run from a keepalived.conf.
        var keepalivedWord: String {
            switch self {
            case .initialize: "FAULT"
            case .backup: "BACKUP"
            case .active: "MASTER"
            }
        }
    }

    /// Where the daemon finds its configuration.
    enum Configuration: Sendable {
        /// The text of a keepalived.conf.
        case keepalived(String)
        /// The text of a definitions.json.
        case definitions(String)

        /// Definitions of these virtual routers.
        static func routers(_ routers: [JSONObject], generation: Int64 = 1) -> Configuration {
            let root: JSONObject = [
                "version": 1, "generation": .integer(generation),
                "virtualRouters": .array(routers.map(JSONValue.object)),
            ]
            return .definitions("\(JSONValue.object(root))")
        }

        /// What the file says.
        var text: String {
            switch self {
            case .keepalived(let text), .definitions(let text): text
            }
        }

        fileprivate var option: String {
            switch self {
            case .keepalived: "-f"
            case .definitions: "--definitions"
            }
        }
    }

    /// What must be there to run one.
    static let prerequisites = Prerequisite.lab + [.nftables]

    /// The running program, with its log.
    let process: LabProcess
    /// The host that it runs on.
    let host: NetworkLab.Host

    private let file: String
    /// The path of its control socket, as the host sees it.
    let controlSocket: String

    private init(_ process: LabProcess, on host: NetworkLab.Host, file: String, controlSocket: String) {
        self.process = process
        self.host = host
        self.file = file
        self.controlSocket = controlSocket
    }

    /// Starts a daemon; it may not have read its configuration yet when this returns.
    ///
    /// - Parameters:
    ///   - handsOver: whether it hands over when it is stopped, as vrrpd does unless told otherwise; a test that is about
    ///     something else needs not wait for that.
    ///   - name: what its files are named after; another one for a second daemon on the host.
    ///   - unreadLog: a FIFO that is made for its log, and that nobody reads unless the test does; nil for ``process``.
    ///   - arguments: flags on top of those that let it run in a lab.
    ///   - environment: what differs from this process's environment.
    static func start(
        on host: NetworkLab.Host, _ configuration: Configuration, handsOver: Bool = false, named name: String = "vrrpd",
        unreadLog: String? = nil, arguments: [String] = [], environment: [String: String] = [:]
    ) async throws -> VRRPDaemon {
        let file = "\(host.directory)/\(name)-configuration"
        let controlSocket = "/run/\(name).sock"
        try configuration.text.write(toFile: file, atomically: true, encoding: .utf8)
        var command =
            [Programs.vrrpd, "-n", "-l", "-D", configuration.option, file, "-p", "/run/\(name).pid"]
            + ["--control-socket", controlSocket] + (handsOver ? [] : ["--hand-over-timeout", "0"]) + arguments
        if let unreadLog {
            // Somebody must have it open for reading.
            let script = "mkfifo \"$0\" && { sleep 600 <>\"$0\" & exec \"$@\" 2>\"$0\"; }"
            command = ["/bin/sh", "-c", script, unreadLog] + command
        }
        let process = try await host.start(command[0], Array(command.dropFirst()), environment: environment)
        return VRRPDaemon(process, on: host, file: file, controlSocket: controlSocket)
    }

    /// Waits until the daemon has logged that a virtual router enters a state, in its own words or, with a keepalived.conf, in
    /// keepalived's; what stands before `position` does not count.
    @discardableResult
    func waitForState(
        _ state: State, of router: String, after position: Journal<LabProcess.Line>.Position = .start,
        within timeout: Duration = .seconds(15)
    ) async throws -> LabProcess.Line {
        let match = await process.lines.first(after: position, within: timeout) {
            $0.text.contains("\(router): ") && $0.text.contains(" → \(state.rawValue) ")
                || $0.text.contains("(\(router)) Entering \(state.keepalivedWord) STATE")
        }
        guard let match else {
            throw LabError.timedOut(
                waitingFor: "state \(state.rawValue) of \(router)", within: timeout, context: process.output)
        }
        return match.entry
    }

    /// Waits until a virtual router has entered Backup and hears adverts.
    ///
    /// The log says so when it is decided; an answer on the control socket comes when it has been carried out.
    func waitUntilListening(_ router: String = "VR") async throws {
        try await waitForState(.backup, of: router)
        _ = try await status()
    }

    /// What `vrrpctl status --json` says.
    func status() async throws -> DaemonStatus {
        let output = try await host.run(
            Programs.vrrpctl, ["status", "--json", "--control-socket", controlSocket])
        return try DaemonStatus(output)
    }

    /// Asks for the status until there is one that `predicate` holds for, and returns it.
    @discardableResult
    func status(
        when what: String, within timeout: Duration = .seconds(10), _ predicate: (DaemonStatus) throws -> Bool
    ) async throws -> DaemonStatus {
        let start = ContinuousClock.now
        while true {
            var heard: DaemonStatus?
            do { heard = try await status() } catch LabError.commandFailed where process.exitStatus == nil {
                // It has only just been started and has no socket yet.
            }
            if let heard, try predicate(heard) { return heard }
            guard ContinuousClock.now - start < timeout else {
                throw LabError.timedOut(
                    waitingFor: "status with \(what)", within: timeout,
                    context: "\(heard?.root.node.value ?? .null)\n\(process.output)")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// What `vrrpctl` prints for a command.
    func control(_ command: String, _ arguments: [String] = [], within timeout: Duration = .seconds(10)) async throws
        -> String
    {
        try await host.run(
            Programs.vrrpctl, [command] + arguments + ["--control-socket", controlSocket], within: timeout)
    }

    /// Tells the states of tracked objects, and returns the names that no router tracks.
    func track(_ objects: [String: Bool]) async throws -> [String] {
        let arguments = objects.map { "\($0.key)=\($0.value ? "up" : "down")" }
        let answer = JSONReader(try JSONNode.parse(try await control("track", arguments + ["--json"])))
        return try answer.member("unknown").elements { (name) throws(JSONFieldError) in try name.string() }
    }

    /// Lets the daemon read its configuration by a request, and returns what it says of that.
    func reloadThroughSocket() async throws -> JSONReader {
        JSONReader(try JSONNode.parse(try await control("reload", ["--json"])))
    }

    /// Replaces the configuration; the daemon does not read it yet.
    func write(_ configuration: Configuration) throws {
        try configuration.text.write(toFile: file, atomically: true, encoding: .utf8)
    }

    /// Replaces the configuration and lets the daemon read it; returns where its log stood before.
    @discardableResult
    func reload(_ configuration: Configuration) throws -> Journal<LabProcess.Line>.Position {
        try write(configuration)
        let position = process.lines.end
        process.signal(SIGHUP)
        return position
    }

    /// Asks the daemon to hand its addresses over, or to give them up, and to end.
    @discardableResult
    func stop(within timeout: Duration = .seconds(10)) async throws -> ExitStatus {
        process.signal(SIGTERM)
        return try await process.waitForExit(within: timeout)
    }

    /// Kills the daemon at once: addresses stay where they are, and nobody is told.
    func kill() { process.killSession() }

    /// Lets the daemon stand still, as a virtual machine does that is not scheduled.
    func pause() { process.signal(SIGSTOP) }

    /// Ends a pause.
    func resume() { process.signal(SIGCONT) }
}
