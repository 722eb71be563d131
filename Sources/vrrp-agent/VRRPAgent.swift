import ArgumentParser
import ControlProtocol
import Logging
import NodeAgentService

/// The agent of a node.
@main
struct VRRPAgent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vrrp-agent",
        abstract: "Turns virtual routers into definitions for the vrrpd of this node, and tells what it does.",
        version: programVersion)

    @Option(help: "The name of this node.")
    var node: String

    @Option(help: "The namespace of the group.")
    var namespace: String?

    @Option(help: "The name of the KeepalivedGroup.")
    var group: String?

    @Option(help: "The folder of definitions.json, on a disk that outlives the pod.")
    var stateDirectory = "/var/lib/vrrpd"

    @Option(help: "The path of vrrpd's control socket.")
    var controlSocket = ControlEndpoint.defaultPath

    @Option(help: "Where metrics, health and the page are served: HOST:PORT, [IPv6]:PORT or :PORT.")
    var metricsAddress = ":9650"

    @Option(help: "The kubeconfig; without it that of the environment, or the account of the pod.")
    var kubeconfig: String?

    @Option(help: "How much is logged: \(levels).", transform: Self.level)
    var logLevel = Logger.Level.notice

    func run() async throws {
        var logger = Logger(label: "vrrp-agent") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = logLevel
        let options: AgentOptions
        do {
            options = try AgentOptions(
                node: node, stateDirectory: stateDirectory, controlSocket: controlSocket,
                metricsAddress: metricsAddress)
        } catch {
            throw ValidationError("--metrics-address: \(error)")
        }
        guard let namespace, let group else {
            throw ValidationError("--namespace and --group name the group that the agent works for")
        }
        logger.notice("Starting vrrp-agent \(programVersion) of node \(node)")
        try await Termination.during { [logger, kubeconfig] in
            try await Agent.runInCluster(
                options, namespace: namespace, group: group, kubeconfig: kubeconfig, logger: logger)
        }
        logger.notice("Stopped vrrp-agent")
    }

    private static let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")

    private static func level(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text) else { throw ValidationError("allowed is one of \(levels)") }
        return level
    }
}
