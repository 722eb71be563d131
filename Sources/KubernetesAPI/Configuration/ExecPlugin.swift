public import Foundation

/// A program that says what proves who asks (`client.authentication.k8s.io`).
public struct ExecPlugin: Hashable, Sendable {
    /// The versions of the contract that are known.
    static let versions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"]

    /// The version of the contract.
    public let apiVersion: String
    /// The program: a path, or a name that is looked for in PATH.
    public let command: String
    /// Its arguments.
    public let arguments: [String]
    /// Variables that it gets besides this program's own.
    public let environment: [String: String]
    /// What to tell people who lack the program.
    public let installHint: String?

    init(
        _ exec: Kubeconfig.Exec, _ cluster: Kubeconfig.Cluster, server: String, _ place: String
    ) throws(ConfigurationError) {
        let version = exec.apiVersion ?? ""
        guard Self.versions.contains(version) else {
            throw .invalid(
                place: "\(place), exec",
                reason: "apiVersion \"\(version.prefix(80))\" is not known; it must be \(Self.versions[0])")
        }
        guard !exec.command.isEmpty else { throw .invalid(place: "\(place), exec", reason: "there is no command") }
        guard exec.interactiveMode != "Always" else {
            throw .invalid(place: "\(place), exec", reason: "the program wants to ask people, and there are none here")
        }
        apiVersion = version
        command = exec.command
        arguments = exec.args ?? []
        installHint = exec.installHint
        var variables = Dictionary((exec.env ?? []).map { ($0.name, $0.value) }) { _, last in last }
        variables["KUBERNETES_EXEC_INFO"] = Self.info(
            version, exec.provideClusterInfo == true ? Info.Cluster(cluster, server: server) : nil)
        environment = variables
    }

    private static func info(_ version: String, _ cluster: Info.Cluster?) -> String {
        let info = Info(apiVersion: version, spec: Info.Spec(interactive: false, cluster: cluster))
        // A value of texts and truths can always be written.
        return (try? JSONEncoder.ofObjects.encode(info)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private struct Info: Encodable {
        struct Spec: Encodable {
            let interactive: Bool
            let cluster: Cluster?
        }

        struct Cluster: Encodable {
            let server: String
            let certificateAuthorityData: String?
            let insecureSkipTLSVerify: Bool?
            let tlsServerName: String?
            let proxyURL: String?

            enum CodingKeys: String, CodingKey {
                case server
                case certificateAuthorityData = "certificate-authority-data"
                case insecureSkipTLSVerify = "insecure-skip-tls-verify"
                case tlsServerName = "tls-server-name"
                case proxyURL = "proxy-url"
            }

            init(_ cluster: Kubeconfig.Cluster, server: String) {
                self.server = server
                certificateAuthorityData = cluster.certificateAuthorityData
                insecureSkipTLSVerify = cluster.insecureSkipTLSVerify
                tlsServerName = cluster.tlsServerName
                proxyURL = cluster.proxyURL
            }
        }

        let apiVersion: String
        let kind = "ExecCredential"
        let spec: Spec
    }
}

/// What such a program said.
public struct ExecCredential: Hashable, Sendable {
    /// The token; nil with a certificate alone.
    public let token: String?
    /// The certificate; nil with a token alone.
    public let clientCertificate: ClientConfiguration.ClientCertificate?
    /// Until when it is good; nil for as long as the server takes it.
    public let expiration: Timestamp?

    private struct Output: Decodable {
        struct Status: Decodable {
            var token: String?
            var clientCertificateData: String?
            var clientKeyData: String?
            var expirationTimestamp: Timestamp?
        }

        var apiVersion: String?
        var kind: String?
        var status: Status?
    }

    /// Reads what a program has written.
    public init(output: Data, of plugin: ExecPlugin) throws(ClientError) {
        func fail(_ reason: String) -> ClientError { .credentials("\(plugin.command) gave no credentials: \(reason)") }
        let answer: Output
        do {
            answer = try JSONDecoder().decode(Output.self, from: output)
        } catch {
            throw fail(ClientError.sentence(of: error))
        }
        guard answer.kind == "ExecCredential", answer.apiVersion == plugin.apiVersion else {
            throw fail(
                "it answered \(answer.apiVersion ?? "?") \(answer.kind ?? "?") instead of \(plugin.apiVersion) ExecCredential"
            )
        }
        guard let status = answer.status else { throw fail("its answer has no status") }
        token = Kubeconfig.text(status.token)
        expiration = status.expirationTimestamp
        switch (Kubeconfig.text(status.clientCertificateData), Kubeconfig.text(status.clientKeyData)) {
        case (let chain?, let key?):
            clientCertificate = .init(chain: .data(Data(chain.utf8)), key: .data(Data(key.utf8)))
        case (nil, nil): clientCertificate = nil
        default: throw fail("a certificate and its key come together")
        }
        guard token != nil || clientCertificate != nil else {
            throw fail("its answer has neither a token nor a certificate")
        }
    }
}
