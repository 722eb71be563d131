import Foundation
import JSONDocument
import NetworkLab
import Testing
import class NetworkLab.Host

/// A host of the lab with vrrpd and an agent that reads a folder of manifests, as the units of a plain host start them:
/// the agent has no rights at all, and the group that both are in is all that they share.
final class FolderNode {
    let node: LabNode
    /// The folder of manifests, a copy of this host's own.
    let folder: String
    private(set) var daemon: LabProcess
    private(set) var agent: LabProcess

    private var host: Host { node.host }
    private static let group = "61184"
    private static let controlSocket = "/run/vrrpd.sock"

    /// Starts both on a host of the lab.
    init(_ node: LabNode, manifests: [String: String]) async throws {
        self.node = node
        let directory = node.host.directory
        folder = "\(directory)/manifests"
        let state = Self.stateDirectory(of: node.host)
        let manager = FileManager.default
        for folder in [folder, state] {
            try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        let owner = Int(Self.group) ?? 0
        let rights: [FileAttributeKey: Any] = [
            .ownerAccountID: owner, .groupOwnerAccountID: owner, .posixPermissions: 0o750,
        ]
        try manager.setAttributes(rights, ofItemAtPath: state)
        for (name, text) in manifests { try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8) }
        agent = try await Self.startAgent(on: node.host, folder)
        try await agent.waitForLine(containing: "Starting", within: .seconds(10))
        while !manager.fileExists(atPath: "\(state)/definitions.json") { try await Task.sleep(for: .milliseconds(20)) }
        daemon = try await Self.startDaemon(on: node.host)
        // The first file has no virtual routers, so that the daemon can start.
        while (try? generation) ?? 0 == 0 { try await Task.sleep(for: .milliseconds(20)) }
    }

    private static func stateDirectory(of host: Host) -> String { "\(host.directory)/state" }

    private static func startAgent(on host: Host, _ folder: String) async throws -> LabProcess {
        try await host.start(
            "setpriv",
            [
                "--reuid=\(group)", "--regid=\(group)", "--clear-groups", "--inh-caps=-all", "--no-new-privs",
                Programs.vrrpAgent, "--manifests", folder, "--node", host.name, "--state-directory",
                stateDirectory(of: host), "--control-socket", controlSocket, "--metrics-address", "127.0.0.1:9650",
            ])
    }

    private static func startDaemon(on host: Host) async throws -> LabProcess {
        let rights = ["net_admin", "net_raw"].map { "+\($0)" }.joined(separator: ",")
        return try await host.start(
            "setpriv",
            [
                "--groups=\(group)", "--bounding-set=-all,\(rights)", "--no-new-privs", Programs.vrrpd, "-n", "-l",
                "-D",
                "--definitions", "\(stateDirectory(of: host))/definitions.json", "-p", "/run/vrrpd.pid",
                "--control-socket", controlSocket, "--control-group", group, "--hand-over-timeout", "0",
            ])
    }

    /// Replaces a manifest in this host's copy of the folder.
    func write(_ name: String, _ text: String) throws {
        try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }

    /// Removes a manifest from this host's copy of the folder.
    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }

    /// Kills both at once, and takes the cable away.
    func losePower(in lab: Lab) async throws {
        host.killEverything()
        try await lab.removeInterface(of: host)
    }

    /// Starts another agent in the place of the one before, which is killed.
    func restartAgent() async throws {
        agent.killSession()
        _ = try await agent.waitForExit()
        agent = try await Self.startAgent(on: host, folder)
        try await agent.waitForLine(containing: "Starting", within: .seconds(10))
    }

    /// What the agent has written.
    var definitions: JSONReader {
        get throws {
            let file = "\(Self.stateDirectory(of: host))/definitions.json"
            return JSONReader(try JSONNode.parse(Array(Data(contentsOf: URL(fileURLWithPath: file)))))
        }
    }

    /// The generation of the definitions.
    var generation: Int { get throws { try definitions.member("generation").integer() } }

    /// Waits until the agent has taken the last virtual router out of its definitions.
    func waitUntilEmpty(within timeout: Duration = .seconds(10)) async throws {
        let start = ContinuousClock.now
        while try !routerIDs.isEmpty {
            guard ContinuousClock.now - start < timeout else {
                throw LabError.timedOut(
                    waitingFor: "definitions without virtual routers", within: timeout, context: agent.output)
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// The identifier of each virtual router by its name.
    var routerIDs: [String: Int] {
        get throws {
            var identifiers: [String: Int] = [:]
            for router in try definitions.member("virtualRouters").elements() {
                identifiers[try router.member("name").string()] = try router.member("virtualRouterID").integer()
            }
            return identifiers
        }
    }
}
