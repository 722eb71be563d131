public import Foundation

/// Which API server to speak to, what to believe it by, and how to prove who asks.
public struct ClientConfiguration: Hashable, Sendable {
    /// The address, such as `https://10.0.0.1:6443`, without a slash at its end.
    public var server: String
    /// What the server's certificate is checked with.
    public var trust = Trust.system
    /// The name that the server's certificate must have; nil for the one in ``server``.
    public var serverName: String?
    /// What proves who asks, on the level of TLS.
    public var clientCertificate: ClientCertificate?
    /// What proves who asks, in each request.
    public var credential = Credential.none
    /// Whom the server shall take the one who asks for.
    public var impersonation: Impersonation?
    /// The proxy in between, `http://host:port` or `socks5://host:port`.
    public var proxy: String?
    /// The namespace that is meant where none is named.
    public var namespace = "default"

    /// A server that nothing is proved to.
    public init(server: String) { self.server = server }

    /// What a server's certificate is checked with.
    public enum Trust: Hashable, Sendable {
        /// The authorities that the machine trusts.
        case system
        /// These authorities alone.
        case authorities(Material)
        /// Nothing: anybody may pose as the server.
        case nobodyChecks
    }

    /// A certificate with its key.
    public struct ClientCertificate: Hashable, Sendable {
        /// The certificate, followed by those that lead from it to an authority.
        public var chain: Material
        /// Its private key.
        public var key: Material

        /// A certificate with its key.
        public init(chain: Material, key: Material) {
            self.chain = chain
            self.key = key
        }
    }

    /// PEM text.
    public enum Material: Hashable, Sendable {
        /// In a file, which may change while the program runs.
        case file(String)
        /// Here.
        case data(Data)
    }

    /// What proves who asks, in each request.
    public enum Credential: Hashable, Sendable {
        /// Nothing.
        case none
        /// A token.
        case token(String)
        /// A token in a file, which changes while the program runs.
        case tokenFile(String)
        /// A name with a password.
        case password(user: String, password: String)
        /// What a program says.
        case plugin(ExecPlugin)
    }

    /// Whom the server shall take the one who asks for.
    public struct Impersonation: Hashable, Sendable {
        /// The user.
        public var user: String
        /// The user's groups.
        public var groups: [String]
        /// What else is known of the user.
        public var extra: [String: [String]]
    }
}

/// Why there is no configuration.
public enum ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file cannot be read.
    case unreadableFile(path: String, reason: String)
    /// The text is no kubeconfig.
    case malformed(path: String, reason: String)
    /// No context was named, and the file names none either.
    case noCurrentContext
    /// There is no entry of this name.
    case missing(kind: String, name: String, among: [String])
    /// A value is not what it should be.
    case invalid(place: String, reason: String)
    /// The program does not run in a cluster.
    case notInCluster(missing: String)

    /// One sentence without a full stop.
    public var description: String {
        switch self {
        case .unreadableFile(let path, let reason): "\(path) cannot be read: \(reason)"
        case .malformed(let path, let reason): "\(path) is no kubeconfig: \(reason)"
        case .noCurrentContext: "the kubeconfig has no current-context, and none was named"
        case .missing(let kind, let name, let names):
            "the kubeconfig has no \(kind) \"\(name)\"; it has "
                + (names.isEmpty ? "none" : names.sorted().prefix(20).joined(separator: ", "))
        case .invalid(let place, let reason): "\(place): \(reason)"
        case .notInCluster(let missing): "this program does not run in a cluster: there is no \(missing)"
        }
    }
}
