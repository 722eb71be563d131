import AsyncHTTPClient
import KubernetesAPI
import KubernetesClient
import Logging
import NIOCore
import NIOHTTP1
import NodeAgent
import Synchronization

/// Asks the ports that say whether the node has endpoints, and tells vrrpd what it hears.
final class EndpointProber: Sendable {
    private struct State {
        var ports: [String: Int] = [:]
        var judgements: [String: EndpointJudgement] = [:]
        /// What vrrpd does not know yet.
        var untold: Set<String> = []
    }

    private let state = Mutex(State())
    private let probes = WorkLoop<String>()
    private let news: AsyncStream<Void>
    private let ring: AsyncStream<Void>.Continuation
    private let logger: Logger

    /// How many questions may wait for an answer at a time.
    private static let workers = 32
    private static let interval = Duration.seconds(1)
    private static let timeout = TimeAmount.seconds(1)

    init(logger: Logger) {
        self.logger = logger
        (news, ring) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// What was found out, by the names that vrrpd tracks; nil before the first word.
    var findings: [String: Bool?] {
        state.withLock { state in
            state.ports.mapValues { _ in nil as Bool? }.merging(state.judgements.mapValues(\.hasEndpoint)) { $1 }
        }
    }

    /// Asks these ports from now on.
    func update(_ checks: [NodeDefinitions.EndpointCheck]) {
        let ports = Dictionary(checks.map { ($0.trackedName, $0.port) }) { first, _ in first }
        let new = state.withLock { state in
            let new = ports.filter { state.ports[$0.key] != $0.value }.map(\.key)
            state.ports = ports
            state.judgements = state.judgements.filter { ports[$0.key] != nil }
            state.untold = state.untold.filter { ports[$0] != nil }
            return new
        }
        for name in new { probes.add(name) }
    }

    /// Tells vrrpd everything again: it is another process, or has other definitions.
    func tellAgain() {
        state.withLock { state in
            state.untold = Set(state.judgements.filter { $0.value.hasEndpoint != nil }.map(\.key))
        }
        ring.yield()
    }

    /// Asks and tells until the task is cancelled; can run once.
    func run(_ link: EngineLink) async throws {
        var configuration = HTTPClient.Configuration()
        configuration.timeout = .init(connect: Self.timeout, read: Self.timeout)
        configuration.redirectConfiguration = .disallow
        // A port that was closed is found out by a new connection, not by one that was left open.
        configuration.connectionPool.idleTimeout = .seconds(5)
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        await withTaskGroup { group in
            group.addTask { await self.probes.run(workers: Self.workers) { await self.probe($0, client) } }
            group.addTask { await self.tell(link) }
            await group.waitForAll()
        }
        try? await client.shutdown()
    }

    private func probe(_ name: String, _ client: HTTPClient) async -> WorkQueue<String>.Outcome {
        guard let port = state.withLock({ $0.ports[name] }) else { return .success }
        let answer = await Self.answer(of: port, client)
        guard !Task.isCancelled else { return .success }
        let judgement = state.withLock { state -> Bool? in
            guard state.ports[name] == port, state.judgements[name, default: EndpointJudgement()].take(answer) else {
                return nil
            }
            state.untold.insert(name)
            return state.judgements[name]?.hasEndpoint
        }
        if let judgement {
            logger.notice("The \(name) are \(judgement ? "here" : "not here") (port \(port))")
            ring.yield()
        }
        return .again(after: Self.interval)
    }

    private static func answer(of port: Int, _ client: HTTPClient) async -> EndpointAnswer {
        let request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/healthz")
        do {
            let response = try await client.execute(request, timeout: timeout)
            let body = try await response.body.collect(upTo: EndpointAnswer.longestBody)
            return EndpointAnswer(status: Int(response.status.code), body: Array(body.readableBytesView))
        } catch {
            return .silent
        }
    }

    private func tell(_ link: EngineLink) async {
        for await _ in news {
            let states = state.withLock { state in
                defer { state.untold = [] }
                return state.untold.reduce(into: [String: Bool]()) { $0[$1] = state.judgements[$1]?.hasEndpoint }
            }
            guard !states.isEmpty else { continue }
            do {
                // Names that vrrpd does not know yet are told again when it has read the definitions with them.
                _ = try await link.track(states)
            } catch {
                if Task.isCancelled { return }
                logger.debug("vrrpd is not told what the node has endpoints of: \(error)")
                state.withLock { state in
                    state.untold.formUnion(states.keys.filter { state.ports[$0] != nil })
                }
                try? await Task.sleep(for: .milliseconds(500))
                ring.yield()
            }
        }
    }
}
