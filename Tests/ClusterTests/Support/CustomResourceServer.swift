import Foundation
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Logging
import enum NetworkLab.LoopbackPort

/// The part of a current API server that serves custom resources, behind a kube-apiserver of whatever age.
///
/// Debian has no source of a current kube-apiserver, but that of the library in it that checks and stores custom resources:
/// rules, defaults, server-side apply, columns and watches of our kinds are the current ones then, and what every cluster
/// has besides is the older server's. The older one passes on what it does not serve itself, as it does for any extension.
final class CustomResourceServer: Sendable {
    /// The folder with `apiextensions-apiserver`, an `etcd` for it and a `kubectl`; nil where the kube-apiserver does it all.
    static let assets: String? = ProcessInfo.processInfo.environment["CURRENT_CLUSTER_ASSETS"]

    private static let definitions = Samples.customTypes.objects()
    private static let passedOn = ResourceType(
        group: "apiregistration.k8s.io", version: "v1", kind: "APIService", plural: "apiservices", isNamespaced: false)
    private static let name = "custom-resources"

    private let port: Int
    private let program: Program

    /// Starts it with the data that the etcd has.
    ///
    /// - Parameters:
    ///   - assets: Where the program is.
    ///   - folder: Where the certificates are, and its log goes.
    ///   - etcdPort: The port of etcd.
    ///   - kubeconfig: What it asks the kube-apiserver with: who somebody is, and what they may do.
    init(assets: String, in folder: URL, etcdPort: Int, kubeconfig: String) throws {
        func file(_ name: String) -> String { folder.appending(path: name).path }
        port = try LoopbackPort.free()
        program = try Program(
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

    func kill() { program.kill() }

    /// Makes the kube-apiserver pass on the kinds of custom resources, and waits until it does.
    func takePlace(_ client: APIClient) async throws {
        var service = DynamicObject(Samples.services, metadata: ObjectMeta(name: Self.name, namespace: "default"))
        service["spec"] = ["type": "ExternalName", "externalName": "localhost"]
        try await client.apply(service, in: Samples.services.objects(inside: "default"), as: tester, force: true)
        try await pass(on: "apiextensions.k8s.io", "v1", client)
    }

    /// Makes the kube-apiserver pass on the groups whose kinds come, without end: what it does itself for its own.
    func followKinds(_ client: APIClient) async {
        var known: Set<String> = []
        while !Task.isCancelled {
            let kinds = (try? await client.list(Self.definitions).items) ?? []
            for kind in kinds {
                guard case .string(let group)? = kind["spec", "group"],
                    case .array(let versions)? = kind["spec", "versions"]
                else { continue }
                for case .object(let fields) in versions {
                    guard case .string(let version)? = fields["name"], !known.contains("\(version).\(group)") else {
                        continue
                    }
                    if (try? await pass(on: group, version, client)) != nil { known.insert("\(version).\(group)") }
                }
            }
            try? await Task.sleep(for: .milliseconds(100))
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
