import ArgumentParser
import ControlProtocol
import Foundation
import GroupOperator
import GroupOperatorService
import KubernetesAPI
import KubernetesClient
import Logging
import ProgramLog
import Telemetry

/// The operator of the cluster.
@main
struct VRRPOperator: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vrrp-operator",
        abstract: "Turns annotated Services into virtual routers, and keeps the node pods of KeepalivedGroups.",
        version: programVersion)

    @Option(help: "Where metrics are served; 0 serves none.")
    var metricsBindAddress = ":8080"

    @Option(help: "Where /healthz and /readyz are served; 0 serves none.")
    var healthProbeBindAddress = ":8081"

    @Flag(help: "Work only while no other operator of the cluster does.")
    var leaderElect = false

    @Option(help: "The kubeconfig; without it that of the pod, or what KUBECONFIG names.")
    var kubeconfig: String?

    @Option(help: "The image of the node pods; without it what the variable VRRP_IMAGE names.")
    var image: String?

    @Option(
        name: .customLong("image-pull-secret"),
        help: ArgumentHelp(
            "A Secret in the namespace of each group that its image is pulled with; may be given several times.",
            valueName: "name"))
    var imagePullSecrets: [String] = []

    @Flag(help: "Give the daemon of the node pods all rights, instead of NET_ADMIN and NET_RAW.")
    var privilegedPods = false

    @Option(help: "How much is logged: debug, info or error, or a number, which is as good as debug.")
    var zapLogLevel = "info"

    @Option(help: "How the log is written: lines for people, or one JSON object a line.")
    var zapEncoder = LogEncoder.console

    /// How the log is written.
    enum LogEncoder: String, ExpressibleByArgument, CaseIterable {
        case console, json

        func handler(_ label: String) -> any LogHandler {
            switch self {
            case .console: StreamLogHandler.standardError(label: label)
            case .json: StandardErrorLogHandler(.json)
            }
        }
    }

    static func main() async {
        let arguments = GoArguments.reading(Array(CommandLine.arguments.dropFirst()))
        do {
            var command = try parseAsRoot(arguments.arguments)
            if var command = command as? Self {
                try await command.run(ignoring: arguments.ignored)
            } else {
                try command.run()
            }
        } catch {
            exit(withError: error)
        }
    }

    private mutating func run(ignoring ignored: [String]) async throws {
        let environment = ProcessInfo.processInfo.environment
        var logger = Logger(label: "vrrp-operator") { [zapEncoder] label in zapEncoder.handler(label) }
        logger.logLevel = Logger.Level(zap: zapLogLevel)
        for option in ignored { logger.notice("\(option) has no effect") }
        for name in ["KEEPALIVED_OPERATOR_IMAGE_NAME", "KEEPALIVEDGROUP_TEMPLATE_FILE_NAME"]
        where environment[name] != nil {
            logger.notice("the variable \(name) has no effect; VRRP_IMAGE names the image of the node pods")
        }
        let options = try options(environment)
        logger.notice("vrrp-operator \(programVersion), node pods of \(options.settings.image)")
        try await Termination.cancelling { [logger] in
            try await OperatorService(options, logger: logger).run()
        }
        logger.notice("stopped")
    }

    private func options(_ environment: [String: String]) throws -> OperatorOptions {
        guard let image = image ?? environment["VRRP_IMAGE"], !image.isEmpty else {
            throw ValidationError("the image of the node pods must be named, by --image or by the variable VRRP_IMAGE")
        }
        var settings = OperatorSettings(image: image)
        settings.isPrivileged = privilegedPods
        settings.imagePullSecrets = try imagePullSecrets.map { text in
            guard let name = SecretName(text) else {
                throw ValidationError(
                    "--image-pull-secret: \"\(text.prefix(80))\" is not the name of a Secret; allowed are \(SecretName.allowed)"
                )
            }
            return name
        }
        let cluster = try ClientConfiguration.load(kubeconfig: kubeconfig, environment: environment)
        var options = OperatorOptions(cluster: cluster, settings: settings)
        options.version = programVersion
        options.metricsAddress = try Self.address(metricsBindAddress, "--metrics-bind-address")
        options.healthAddress = try Self.address(healthProbeBindAddress, "--health-probe-bind-address")
        if let namespace = environment["POD_NAMESPACE"], !namespace.isEmpty { options.leaseNamespace = namespace }
        if leaderElect {
            let name = environment["POD_NAME"] ?? ProcessInfo.processInfo.hostName
            options.leaderIdentity = "\(name)_\(UUID().uuidString.lowercased())"
        }
        return options
    }

    private static func address(_ text: String, _ option: String) throws -> ListenAddress? {
        guard text != "0", !text.isEmpty else { return nil }
        do { return try ListenAddress(text) } catch { throw ValidationError("\(option): \(error)") }
    }
}

extension Logger.Level {
    /// The level that zap's option names.
    fileprivate init(zap text: String) {
        switch text {
        case "error", "panic": self = .error
        case "info": self = .info
        default: self = .debug
        }
    }
}
