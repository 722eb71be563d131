/// A kubeconfig, or several that were merged, as the files have it.
public struct Kubeconfig: Decodable, Hashable, Sendable {
    /// The context that counts where none is named.
    public var currentContext: String?
    /// The servers.
    public var clusters: [Named<Cluster>]
    /// Those who ask.
    public var users: [Named<User>]
    /// Who asks which server.
    public var contexts: [Named<Context>]

    private enum CodingKeys: String, CodingKey {
        case currentContext = "current-context"
        case clusters, users, contexts
    }

    /// A kubeconfig without entries.
    public init() {
        clusters = []
        users = []
        contexts = []
    }

    /// Reads a file; each of its lists may be missing or null.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        currentContext = try container.decodeIfPresent(String.self, forKey: .currentContext)
        clusters = try container.decodeIfPresent([Named<Cluster>].self, forKey: .clusters) ?? []
        users = try container.decodeIfPresent([Named<User>].self, forKey: .users) ?? []
        contexts = try container.decodeIfPresent([Named<Context>].self, forKey: .contexts) ?? []
    }

    /// An entry with its name.
    public struct Named<Value: KubeconfigEntry>: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The entry.
        public var value: Value
    }

    /// A server.
    public struct Cluster: KubeconfigEntry {
        /// The name of the field that it stands in.
        public static let fieldName = "cluster"
        /// Its address.
        public var server: String?
        /// The file with the authorities that its certificate is checked with.
        public var certificateAuthority: String?
        /// The authorities themselves, in base64.
        public var certificateAuthorityData: String?
        /// Whether its certificate is not checked.
        public var insecureSkipTLSVerify: Bool?
        /// The name that its certificate must have.
        public var tlsServerName: String?
        /// The proxy in between.
        public var proxyURL: String?

        private enum CodingKeys: String, CodingKey {
            case server
            case certificateAuthority = "certificate-authority"
            case certificateAuthorityData = "certificate-authority-data"
            case insecureSkipTLSVerify = "insecure-skip-tls-verify"
            case tlsServerName = "tls-server-name"
            case proxyURL = "proxy-url"
        }
    }

    /// Somebody who asks.
    public struct User: KubeconfigEntry {
        /// The name of the field that it stands in.
        public static let fieldName = "user"
        /// The file with the certificate.
        public var clientCertificate: String?
        /// The certificate itself, in base64.
        public var clientCertificateData: String?
        /// The file with its key.
        public var clientKey: String?
        /// The key itself, in base64.
        public var clientKeyData: String?
        /// The token.
        public var token: String?
        /// The file with the token.
        public var tokenFile: String?
        /// The name, with a password.
        public var username: String?
        /// The password.
        public var password: String?
        /// The program that knows.
        public var exec: Exec?
        /// Whom the server shall take this one for.
        public var impersonate: String?
        /// The groups of that one.
        public var impersonateGroups: [String]?
        /// What else is known of that one.
        public var impersonateExtra: [String: [String]]?
        /// The mechanism before ``exec``, which no client has any more.
        public var authProvider: AuthProvider?

        private enum CodingKeys: String, CodingKey {
            case clientCertificate = "client-certificate"
            case clientCertificateData = "client-certificate-data"
            case clientKey = "client-key"
            case clientKeyData = "client-key-data"
            case token, tokenFile, username, password, exec
            case impersonate = "as"
            case impersonateGroups = "as-groups"
            case impersonateExtra = "as-user-extra"
            case authProvider = "auth-provider"
        }
    }

    /// A program that knows who asks.
    public struct Exec: Decodable, Hashable, Sendable {
        /// The version of the contract with the program.
        public var apiVersion: String?
        /// The program.
        public var command: String
        /// Its arguments.
        public var args: [String]?
        /// Variables that it gets besides its caller's.
        public var env: [Variable]?
        /// What to tell people who lack the program.
        public var installHint: String?
        /// Whether it wants to know the server.
        public var provideClusterInfo: Bool?
        /// Whether it may ask people.
        public var interactiveMode: String?
    }

    /// A variable.
    public struct Variable: Decodable, Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Its value.
        public var value: String
    }

    /// The mechanism before ``Exec``.
    public struct AuthProvider: Decodable, Hashable, Sendable {
        /// Its name.
        public var name: String?
    }

    /// Who asks which server.
    public struct Context: KubeconfigEntry {
        /// The name of the field that it stands in.
        public static let fieldName = "context"
        /// The server.
        public var cluster: String
        /// Who asks; nil for nobody in particular.
        public var user: String?
        /// The namespace that is meant where none is named.
        public var namespace: String?
    }
}

/// A kind of entry of a kubeconfig, which stands beside its name.
public protocol KubeconfigEntry: Decodable, Hashable, Sendable {
    /// The name of the field that it stands in.
    static var fieldName: String { get }
}

extension Kubeconfig.Named: Decodable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads an entry with its name.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        name = try container.decode(String.self, forKey: Key(stringValue: "name"))
        value = try container.decode(Value.self, forKey: Key(stringValue: Value.fieldName))
    }
}
