import Foundation
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Synchronization
import Testing
import enum NetworkLab.LoopbackPort

/// The part of a current API server that serves custom resources, behind a kube-apiserver of whatever age.
///
/// Debian has no source of a current kube-apiserver, but that of the library in it that checks and stores custom resources:
/// rules, defaults, server-side apply, columns and watches of our kinds are the current ones then, and what every cluster
/// has besides is the older server's. The older one passes on what it does not serve itself, as it does for any extension.
final class CustomResourceServer: Sendable {
    /// The folder with `apiextensions-apiserver` and an `etcd` for it; nil where the kube-apiserver does it all.
    static let assets: String? = ProcessInfo.processInfo.environment["CURRENT_CLUSTER_ASSETS"]

    private static let definitions = Samples.customTypes.objects()
    private static let passedOn = ResourceType(
        group: "apiregistration.k8s.io", version: "v1", kind: "APIService", plural: "apiservices", isNamespaced: false)
    private static let name = "custom-resources"

    private let port: Int
    private let start: @Sendable () throws -> Program
    private let program: Mutex<Program?>
    /// What is passed on.
    private let types = Mutex<Set<ResourceType>>([])

    /// Starts it with the data that the etcd has.
    ///
    /// - Parameters:
    ///   - assets: Where the program is.
    ///   - folder: Where the certificates are, and its log goes.
    ///   - etcdPort: The port of etcd.
    ///   - kubeconfig: What it asks the kube-apiserver with: who somebody is, and what they may do.
    init(assets: String, in folder: URL, etcdPort: Int, kubeconfig: String) throws {
        @Sendable func file(_ name: String) -> String { folder.appending(path: name).path }
        let port = try LoopbackPort.free()
        self.port = port
        start = {
            try Program(
                "\(assets)/apiextensions-apiserver",
                [
                    "--etcd-servers=http://127.0.0.1:\(etcdPort)", "--etcd-prefix=/custom", "--bind-address=127.0.0.1",
                    "--secure-port=\(port)", "--tls-cert-file=\(file("server.crt"))",
                    "--tls-private-key-file=\(file("server.key"))", "--kubeconfig=\(kubeconfig)",
                    "--authentication-kubeconfig=\(kubeconfig)", "--authorization-kubeconfig=\(kubeconfig)",
                    // The older server has no API of these.
                    "--enable-priority-and-fairness=false",
                    "--disable-admission-plugins=ValidatingAdmissionPolicy,MutatingAdmissionPolicy",
                ], log: folder.appending(path: "apiextensions-apiserver.log"))
        }
        program = Mutex(try start())
    }

    /// Starts it again, after the kube-apiserver has started again, and waits until all that was served before is.
    func restart(_ client: APIClient) async throws {
        let program = try start()
        self.program.withLock { $0 = program }
        try await waitUntilPassedOn(client)
    }

    /// Kills it; etcd keeps what it knew.
    func stop() { program.withLock { $0.take() }?.kill() }

    /// Makes the kube-apiserver pass on the kinds of custom resources, and waits until it does.
    func takePlace(_ client: APIClient) async throws {
        var service = DynamicObject(Samples.services, metadata: ObjectMeta(name: Self.name, namespace: "default"))
        service["spec"] = ["type": "ExternalName", "externalName": "localhost"]
        try await client.apply(service, in: Samples.services.objects(inside: "default"), as: tester, force: true)
        try await pass(on: "apiextensions.k8s.io", "v1", client)
        let isPassedOn = try await eventually {
            let service = try await client.get("v1.apiextensions.k8s.io", from: Self.passedOn.objects())
            guard case .array(let conditions)? = service["status", "conditions"] else { return false }
            // What it serves itself has the reason Local.
            return conditions.contains { condition in
                guard case .object(let fields) = condition else { return false }
                return fields["type"] == "Available" && fields["status"] == "True" && fields["reason"] == "Passed"
            }
        }
        try #require(isPassedOn)
    }

    /// Makes the kube-apiserver pass on the groups whose kinds come, without end: what it does itself for its own.
    func followKinds(_ client: APIClient) async {
        while !Task.isCancelled {
            for type in (try? await established(client)) ?? [] where !types.withLock({ $0.contains(type) }) {
                if (try? await pass(on: type.group, type.version, client)) != nil {
                    types.withLock { _ = $0.insert(type) }
                }
            }
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    private func waitUntilPassedOn(_ client: APIClient) async throws {
        let isServed = try await eventually {
            for type in self.types.withLock({ $0 }) where (try? await client.serves(type)) != true { return false }
            return true
        }
        try #require(isServed)
    }

    private func established(_ client: APIClient) async throws -> [ResourceType] {
        try await client.list(Self.definitions).items.flatMap { kind -> [ResourceType] in
            guard case .string(let group)? = kind["spec", "group"],
                case .string(let name)? = kind["spec", "names", "kind"],
                case .string(let plural)? = kind["spec", "names", "plural"],
                case .array(let versions)? = kind["spec", "versions"]
            else { return [] }
            return versions.compactMap { version in
                guard case .object(let fields) = version, case .string(let version)? = fields["name"] else {
                    return nil
                }
                return ResourceType(group: group, version: version, kind: name, plural: plural)
            }
        }
    }

    private func pass(on group: String, _ version: String, _ client: APIClient) async throws {
        var service = DynamicObject(Self.passedOn, metadata: ObjectMeta(name: "\(version).\(group)"))
        service.metadata.labels["kube-aggregator.kubernetes.io/automanaged"] = "no"
        service["spec"] = [
            "group": .string(group), "version": .string(version), "groupPriorityMinimum": 1000, "versionPriority": 15,
            "insecureSkipTLSVerify": true,
            "service": ["name": .string(Self.name), "namespace": "default", "port": .integer(Int64(port))],
        ]
        // Servers of before 1.21 do not take an apply of these.
        let collection = Self.passedOn.objects()
        do {
            _ = try await client.create(service, in: collection, as: tester)
        } catch is ClientError {
            let patch = AnyJSON(.object(service.content))
            _ = try await client.merge(patch, into: service.metadata.name, in: collection, as: tester)
        }
    }
}
