import ControlProtocol
import EngineMetrics
public import Logging
import NodeAgent
import StatusServer

/// The agent of a node: what a source tells becomes definitions of the node's vrrpd, and what vrrpd does is told to those
/// who ask.
public struct Agent: Sendable {
    private let options: AgentOptions
    private let source: any RouterSource
    private let reporter: (any AgentReporter)?
    private let logger: Logger

    /// An agent that learns of virtual routers from `source`.
    public init(options: AgentOptions, source: any RouterSource, logger: Logger) {
        self.init(options: options, source: source, reporter: nil, logger: logger)
    }

    init(options: AgentOptions, source: any RouterSource, reporter: (any AgentReporter)?, logger: Logger) {
        self.options = options
        self.source = source
        self.reporter = reporter
        self.logger = logger
    }

    /// How often interfaces are looked for again and states are asked for although nothing has happened.
    private static let interval = Duration.seconds(10)

    private var connection: (@Sendable () -> ControlPlaneReport.Connection)? {
        guard let reporter else { return nil }
        return { ControlPlaneReport.Connection(isUp: reporter.isConnected, lastContact: reporter.lastContact) }
    }

    /// Works until the task is cancelled; then nothing of vrrpd has changed.
    ///
    /// - Throws: what makes it senseless to go on, such as an address that cannot be listened on.
    public func run() async throws {
        try await EngineLink.withLink(to: options.controlSocket) { link in
            let core = await AgentCore(
                options: options, link: link, insight: { source.insight }, logger: logger)
            try await withThrowingTaskGroup { group in
                group.addTask { try await source.run { news in core.inbox.put(news) } }
                group.addTask { await link.watch { news in core.inbox.put(news) } }
                group.addTask { await core.work() }
                group.addTask { try await core.followForReaders() }
                group.addTask { try await core.prober.run(link) }
                group.addTask {
                    while !Task.isCancelled {
                        try await Task.sleep(for: Self.interval)
                        core.inbox.tick()
                    }
                }
                if let reporter { group.addTask { await reporter.run(core) } }
                if let address = options.metricsAddress {
                    let content = core.content(connection: connection)
                    let server = StatusServer(address: address, content: content, logger: logger)
                    group.addTask { try await server.run() }
                }
                // None of them ends by itself but when it is cancelled or cannot go on.
                defer { group.cancelAll() }
                do { try await group.next() } catch is CancellationError {}
            }
        }
    }
}

/// Tells others what the agent sees.
protocol AgentReporter: Sendable {
    /// Whether those answer now.
    var isConnected: Bool { get }
    /// When they last said anything; nil before the first time.
    var lastContact: WallTime? { get }

    /// Reports until the task is cancelled.
    func run(_ core: AgentCore) async
}
