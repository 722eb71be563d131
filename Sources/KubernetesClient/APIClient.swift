internal import AsyncHTTPClient
internal import JSONDocument
public import KubernetesAPI
public import Logging

/// A client of one API server.
///
/// A small value: copies share connections and credentials.
///
/// Every function throws ``ClientError``, or `CancellationError` when its task is cancelled, and nothing else.
public struct APIClient: Sendable {
    /// What the client was made from.
    public let configuration: ClientConfiguration
    /// What is taken from a server at most.
    public let limits: ClientLimits
    /// How long one attempt of a request may take, from the search for a connection to the last byte.
    public private(set) var timeout: Duration = .seconds(30)
    /// How often a request is made again where the server says that this is worth while, and when.
    public private(set) var retries = 3

    let http: HTTPClient
    let authenticator: Authenticator
    let logger: Logger

    /// The same client with another patience.
    public func with(timeout: Duration, retries: Int? = nil) -> Self {
        var client = self
        client.timeout = timeout
        client.retries = retries ?? self.retries
        return client
    }

    /// Runs `body` with a client, and closes all its connections afterwards.
    public static func withClient<Result: Sendable>(
        _ configuration: ClientConfiguration, limits: ClientLimits = ClientLimits(), logger: Logger,
        _ body: @Sendable (APIClient) async throws -> Result
    ) async throws -> Result {
        let http = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: try HTTPClient.Configuration(configuration, silence: limits.silence))
        let client = APIClient(
            configuration: configuration, limits: limits, http: http,
            authenticator: Authenticator(configuration, logger: logger), logger: logger)
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(client)) } catch { result = .failure(error) }
        try? await http.shutdown()
        return try result.get()
    }
}

/// What is taken from a server at most: lengths in bytes, and how long it may be silent.
public struct ClientLimits: Hashable, Sendable {
    /// An object: etcd keeps up to 1.5 MiB, which JSON may make several times larger.
    public var object = 8 << 20
    /// A page of a list.
    public var page = 64 << 20
    /// An event of a watch.
    public var watchLine = 8 << 20
    /// The reason for a refusal.
    public var refusal = 64 << 10
    /// How long a connection may be silent in the middle of an answer. Servers send a bookmark about once a minute where
    /// they have one, so that a watch that is silent for longer may be dead, and is asked for again.
    public var silence = Duration.seconds(90)

    /// The limits that suit a real server.
    public init() {}
}
