import KubernetesAPI
import KubernetesClient
public import Logging
import NodeAgent

extension Agent {
    /// Runs the agent of a node for the virtual routers that a group has in a cluster, until the task is cancelled.
    ///
    /// - Parameters:
    ///   - namespace: The namespace of the group.
    ///   - group: The name of the group.
    ///   - kubeconfig: How to reach the API server, which may be away for any time; nil for what the environment says, or
    ///     the account of the pod.
    /// - Throws: what makes it senseless to go on, such as an address that cannot be listened on.
    public static func runInCluster(
        _ options: AgentOptions, namespace: String, group: String, kubeconfig: String? = nil, logger: Logger
    ) async throws {
        let configuration = try ClientConfiguration.load(kubeconfig: kubeconfig)
        try await APIClient.withClient(configuration, logger: logger) { client in
            let source = ClusterSource(client, namespace: namespace, group: group)
            let reporter = ClusterReporter(
                client, source: source, namespace: namespace, node: options.node, logger: logger)
            try await Agent(options: options, source: source, reporter: reporter, logger: logger).run()
        }
    }
}
