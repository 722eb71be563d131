import AsyncHTTPClient
import Foundation
import KubernetesAPI
import KubernetesClient
import Logging
import NIOCore
import NIOHTTP1
import Synchronization
import enum NetworkLab.LoopbackPort
import Testing

/// A real etcd with a real kube-apiserver, with nothing else of a cluster.
///
/// With `CURRENT_CLUSTER_ASSETS` in the environment, custom resources are served by a current release; see
/// `CustomResourceServer`.
final class ControlPlane: Sendable {
    /// Where the programs are; nil where they are not.
    static let assets: String? = {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../.ci/cluster-assets")
        let text = try? Program.run(script.standardizedFileURL.path, ["--if-present"])
        return text?.split(separator: "\n").last.map(String.init)
    }()

    /// One for all tests that leave it in peace.
    static let shared = SharedControlPlane()

    let folder: URL
    let port: Int
    let etcdPort: Int
    private let assets: String
    private let etcd: Program
    private let server: Mutex<Program?>
    private let customResources: Mutex<(server: CustomResourceServer, following: Task<Void, any Error>)?>

    /// Starts both, and waits until requests are answered.
    init() async throws {
        assets = try #require(Self.assets)
        folder = FileManager.default.temporaryDirectory.appending(path: "control-plane-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        (port, etcdPort) = (try LoopbackPort.free(), try LoopbackPort.free())
        try Certificates.make(in: folder)
        try "robot-token,robot,1,\"system:masters\"\nnobody-token,nobody,2\n"
            .write(to: folder.appending(path: "tokens.csv"), atomically: true, encoding: .utf8)
        let address = "http://127.0.0.1:\(etcdPort)"
        etcd = try Program(
            "\(CustomResourceServer.assets ?? assets)/etcd",
            [
                "--data-dir", folder.appending(path: "etcd").path, "--listen-client-urls", address,
                "--advertise-client-urls", address, "--listen-peer-urls", "http://127.0.0.1:0",
            ], log: folder.appending(path: "etcd.log"))
        server = Mutex(nil)
        customResources = Mutex(nil)
        try await startServer()
        if let current = CustomResourceServer.assets { try await serveCustomResources(by: current) }
    }

    deinit {
        stopServer()
        customResources.withLock { $0 }?.following.cancel()
        etcd.kill()
        try? FileManager.default.removeItem(at: folder)
    }

    func startServer() async throws {
        func file(_ name: String) -> String { folder.appending(path: name).path }
        let program = try Program(
            // It shares the processors with what is tested, and has memory to spare.
            "/usr/bin/env",
            [
                "GOGC=400", "\(assets)/kube-apiserver",
                "--etcd-servers=http://127.0.0.1:\(etcdPort)", "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1", "--secure-port=\(port)", "--tls-cert-file=\(file("server.crt"))",
                "--tls-private-key-file=\(file("server.key"))", "--client-ca-file=\(file("ca.crt"))",
                "--token-auth-file=\(file("tokens.csv"))", "--service-account-issuer=https://localhost",
                "--service-account-key-file=\(file("sa.pub"))", "--service-account-signing-key-file=\(file("sa.key"))",
                "--service-cluster-ip-range=10.0.0.0/16", "--authorization-mode=RBAC",
                // What it passes on to another server, it does with this name.
                "--requestheader-client-ca-file=\(file("ca.crt"))", "--requestheader-allowed-names=admin",
                "--requestheader-username-headers=X-Remote-User", "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-",
                "--proxy-client-cert-file=\(file("admin.crt"))", "--proxy-client-key-file=\(file("admin.key"))",
                "--disable-admission-plugins=ServiceAccount", "--cert-dir=\(file("certs"))", "--allow-privileged",
                // Whoever asks for one of these names gets a certificate that has the first alone.
                "--tls-sni-cert-key=\(file("named.crt")),\(file("named.key"))",
                "--tls-sni-cert-key=\(file("named.crt")),\(file("named.key")):another.name",
            ], log: folder.appending(path: "kube-apiserver.log"))
        server.withLock { $0 = program }
        try await withClient { client in
            let namespaces = ControlPlane.namespaces.objects()
            let end = ContinuousClock.now + .seconds(120)
            while true {
                do {
                    _ = try await client.get("default", from: namespaces)
                    break
                } catch  where ContinuousClock.now < end {
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
            if let server = customResources.withLock({ $0?.server }) { try await server.restart(client) }
        }
    }

    private func serveCustomResources(by assets: String) async throws {
        let file = folder.appending(path: "custom-resources.kubeconfig")
        try kubeconfig(token: "robot-token").write(to: file, atomically: true, encoding: .utf8)
        let server = try CustomResourceServer(
            assets: assets, in: folder, etcdPort: etcdPort, kubeconfig: file.path)
        let configuration = administrator
        let following = Task {
            try await APIClient.withClient(
                configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, server.followKinds)
        }
        customResources.withLock { $0 = (server, following) }
        try await withClient { try await server.takePlace($0) }
    }

    /// Kills the server; etcd keeps what it knew.
    func stopServer() {
        customResources.withLock { $0?.server }?.stop()
        server.withLock { $0.take() }?.kill()
    }

    static let namespaces = ResourceType(
        group: "", version: "v1", kind: "Namespace", plural: "namespaces", isNamespaced: false)

    /// What an administrator connects with.
    var administrator: ClientConfiguration {
        var configuration = ClientConfiguration(server: "https://127.0.0.1:\(port)")
        configuration.trust = .authorities(.file(folder.appending(path: "ca.crt").path))
        configuration.clientCertificate = .init(
            chain: .file(folder.appending(path: "admin.crt").path), key: .file(folder.appending(path: "admin.key").path)
        )
        return configuration
    }

    /// The text of a kubeconfig for whoever has a token, by another port than the server's own where one is named.
    func kubeconfig(token: String, port: Int? = nil) -> String {
        """
        apiVersion: v1
        kind: Config
        current-context: here
        clusters:
        - name: here
          cluster:
            server: https://127.0.0.1:\(port ?? self.port)
            certificate-authority: \(folder.appending(path: "ca.crt").path)
        contexts:
        - name: here
          context: {cluster: here, user: here}
        users:
        - name: here
          user: {token: \(token)}
        """
    }

    func withClient<Result: Sendable>(
        _ configuration: ClientConfiguration? = nil, _ body: @Sendable (APIClient) async throws -> Result
    ) async throws -> Result {
        try await APIClient.withClient(
            configuration ?? administrator, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, body)
    }

    /// Makes a namespace that no other test uses.
    func namespace(_ client: APIClient) async throws -> String {
        let name = "test-\(UInt32.random(in: 0...UInt32.max))"
        _ = try await client.create(
            DynamicObject(Self.namespaces, metadata: ObjectMeta(name: name)), in: Self.namespaces.objects(), as: tester)
        return name
    }

    /// Makes etcd forget all versions before now.
    func compact() async throws {
        struct Header: Decodable { let revision: String }
        struct Answer: Decodable { let header: Header }
        func call(_ path: String, _ body: String) async throws -> Data {
            var request = HTTPClientRequest(url: "http://127.0.0.1:\(etcdPort)/v3/kv/\(path)")
            request.method = .POST
            request.body = .bytes(ByteBuffer(string: body))
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
            let body = try await response.body.collect(upTo: 1 << 20)
            #expect(response.status == .ok)
            return Data(body.readableBytesView)
        }
        let range = try await call("range", #"{"key":"AA=="}"#)
        let revision = try JSONDecoder().decode(Answer.self, from: range).header.revision
        _ = try await call("compaction", #"{"revision":"\#(revision)","physical":true}"#)
    }
}

/// Starts a control plane when it is needed first.
actor SharedControlPlane {
    private var start: Task<ControlPlane, any Error>?

    func get() async throws -> ControlPlane {
        let task = start ?? Task { try await ControlPlane() }
        start = task
        return try await task.value
    }
}

let tester = FieldManager("tester")

extension Trait where Self == ConditionTrait {
    /// Leaves out what cannot run here.
    static var needsAPIServer: Self {
        .enabled(
            if: ControlPlane.assets != nil,
            "needs etcd and kube-apiserver: set KUBEBUILDER_ASSETS, or run .ci/cluster-assets once")
    }
}
