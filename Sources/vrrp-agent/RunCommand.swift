import ArgumentParser
import ControlProtocol
import Logging
import ManifestFolder
import NodeAgentService

/// `vrrp-agent run`: the agent of a node.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run the agent of this node; what vrrp-agent does unless told otherwise.")

    @Option(help: "The name of this node (default: the name of the host)")
    var node: String?

    @Option(help: "The namespace of the group, where virtual routers come from a cluster.")
    var namespace: String?

    @Option(help: "The name of the KeepalivedGroup, where virtual routers come from a cluster.")
    var group: String?

    @OptionGroup(title: "Without a cluster")
    var folder: FolderOptions

    @Option(help: "The folder of definitions.json, on a disk that outlives the process.")
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
        let node = node ?? HostName.current
        let options: AgentOptions
        do {
            options = try AgentOptions(
                node: node, stateDirectory: stateDirectory, controlSocket: controlSocket,
                metricsAddress: metricsAddress)
        } catch {
            throw ValidationError("--metrics-address: \(error)")
        }
        let place = try place
        logger.notice("Starting vrrp-agent \(programVersion) of node \(node)")
        try await Termination.during { [logger, kubeconfig] in
            switch place {
            case .cluster(let namespace, let group):
                try await Agent.runInCluster(
                    options, namespace: namespace, group: group, kubeconfig: kubeconfig, logger: logger)
            case .folder(let folder):
                let source = FolderSource(folder, node: node, logger: logger)
                try await Agent(options: options, source: source, logger: logger).run()
            }
        }
        logger.notice("Stopped vrrp-agent")
    }

    private static let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")

    private static func level(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text) else { throw ValidationError("allowed is one of \(levels)") }
        return level
    }

    /// Where virtual routers come from.
    private enum Place {
        case cluster(namespace: String, group: String)
        case folder(ManifestFolder)
    }

    private var place: Place {
        get throws(ValidationError) {
            switch (namespace, group, folder.folder()) {
            case (let namespace?, let group?, nil): return .cluster(namespace: namespace, group: group)
            case (nil, nil, let folder?): return .folder(folder)
            default:
                throw ValidationError(
                    "either --manifests names a folder, or --namespace and --group the group that the agent works for")
            }
        }
    }
}
