import ClusterObjects
import Foundation
import GroupOperator
import GroupOperatorService
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Logging
import Testing

/// What needs an operator of its own: one after the other, for two operators of one cluster would undo each other's work.
@Suite("The operator on a real API server", .needsAPIServer, .serialized, .timeLimit(.minutes(10)))
enum OperatorSuites {}

/// A control plane with this project's kinds, some nodes, and the rights that the operator's manifests give it.
actor OperatorControlPlane {
    static let shared = OperatorControlPlane()

    private var start: Task<ControlPlane, any Error>?

    func get() async throws -> ControlPlane {
        let task = start ?? Task { try await Self.install() }
        start = task
        return try await task.value
    }

    private static func install() async throws -> ControlPlane {
        let plane = try await ControlPlane()
        let kubectl = try await InstalledControlPlane.install(in: plane)
        _ = try kubectl.apply(try Project.text("deploy/kubernetes/base/cluster-role.yaml"))
        try kubectl.applyNamespace("keepalived-operator")
        _ = try kubectl.apply(try Project.text("deploy/kubernetes/base/leader-election.yaml"))
        // A user that has nothing but these rights, so that what the manifests forget shows.
        try kubectl(
            "create", "clusterrolebinding", "tested", "--clusterrole=keepalived-operator-manager-role", "--user=nobody")
        try kubectl(
            "create", "rolebinding", "tested", "--namespace=keepalived-operator",
            "--role=keepalived-operator-leader-election-role", "--user=nobody")
        try await plane.withClient { client in
            for number in 1...3 {
                var node = DynamicObject(
                    KubernetesAPI.Node.resourceType, metadata: ObjectMeta(name: "node\(number)", labels: ["edge": ""]))
                node["status"] = ["addresses": [["type": "InternalIP", "address": .string("198.51.100.\(number)")]]]
                try await client.create(node, in: KubernetesAPI.Node.resourceType.objects(), as: tester)
            }
        }
        return plane
    }
}

extension ControlPlane {
    /// What the operator connects with: the rights of its manifests and no others.
    var operatorConfiguration: ClientConfiguration {
        var configuration = administrator
        configuration.clientCertificate = nil
        configuration.credential = .token("nobody-token")
        return configuration
    }

    /// Runs an operator beside `body`.
    func withOperator<Result: Sendable>(
        _ change: (inout OperatorOptions) -> Void = { _ in },
        _ body: @escaping @Sendable (APIClient) async throws -> Result
    ) async throws -> Result {
        var options = OperatorOptions(
            cluster: operatorConfiguration, settings: OperatorSettings(image: "example/vrrp:1"))
        options.leaseNamespace = "keepalived-operator"
        change(&options)
        var logger = Logger(label: "operator") { label -> any LogHandler in
            guard ProcessInfo.processInfo.environment["OPERATOR_LOG"] != nil else { return SwiftLogNoOpLogHandler() }
            return StreamLogHandler.standardError(label: label)
        }
        logger.logLevel = .debug
        let service = OperatorService(options, logger: logger)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                do { try await service.run() } catch is CancellationError {}
                return nil
            }
            group.addTask { try await self.withClient { try await body($0) } }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }
}

extension Samples {
    /// A group on eth0 of the nodes with the label `edge`.
    static func group(_ name: String, _ namespace: String) -> KeepalivedGroup {
        var group = KeepalivedGroup(metadata: ObjectMeta(name: name, namespace: namespace))
        var spec = KeepalivedGroup.Spec()
        spec.interface = "eth0"
        spec.nodeSelector = ["edge": ""]
        group.spec = spec
        return group
    }

    /// A Service that asks a group for addresses.
    static func service(_ name: String, _ namespace: String, in group: String, _ addresses: [String]) -> DynamicObject {
        var object = service(name, namespace)
        object.metadata.annotations[ContractNames.groupAnnotation] = group
        object["spec", "externalIPs"] = .array(addresses.map(JSONValue.string))
        return object
    }
}
