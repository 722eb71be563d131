import AsyncHTTPClient
import KubernetesAPI
import KubernetesClient
import Logging
import NIOCore
import NIOHTTP1
import NodeAgent
import Synchronization
import VRRP

/// Asks the ports that say whether the node has endpoints, and tells vrrpd what it hears.
final class EndpointProber: Sendable {
    private struct State {
        var checks: Set<EndpointCheck> = []
        var judgements: [EndpointCheck: EndpointJudgement] = [:]
        /// What vrrpd does not know yet.
        var untold: Set<EndpointCheck> = []
        /// The hosts to ask, as in URLs, the usual one first.
        var hosts = EndpointProber.loopback
        /// The host that had something to say last, where that is not the usual one.
        var found: [EndpointCheck: String] = [:]
        var isToTellAgain = false
    }

    private let state = Mutex(State())
    private let probes = WorkLoop<EndpointCheck>()
    private let news: AsyncStream<Void>
    private let ring: AsyncStream<Void>.Continuation
    private let logger: Logger

    /// How many questions may wait for an answer at a time.
    private static let workers = 32
    private static let interval = Duration.seconds(1)
    /// How long a question takes at most, from the first attempt to connect to the end of the answer.
    private static let timeout = Duration.seconds(1)
    /// How long the host that usually answers is waited for before all others are asked as well.
    private static let headStart = Duration.milliseconds(300)
    /// Where kube-proxy answers unless it is told otherwise; the second one where there is no IPv4.
    private static let loopback = ["127.0.0.1", "[::1]"]
    /// So many addresses of the node are asked at most.
    private static let mostAddresses = 16
    private static let pauseBeforeTellingAgain = Duration.seconds(1)

    init(logger: Logger) {
        self.logger = logger
        (news, ring) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// What was found out, by the names that vrrpd tracks; nil before the first word.
    var findings: [String: Bool?] {
        state.withLock { state in
            Dictionary(state.checks.map { ($0.trackedName, state.judgements[$0]?.hasEndpoint) }) { first, _ in first }
        }
    }

    /// Asks these ports from now on.
    ///
    /// - Parameter addresses: Those of the node: with `--nodeport-addresses` kube-proxy answers at some of them alone.
    func update(_ checks: [EndpointCheck], at addresses: [IPAddress]) {
        let hosts = addresses.prefix(Self.mostAddresses).map { $0.family == .ipv6 ? "[\($0)]" : "\($0)" }
        let checks = Set(checks)
        let new = state.withLock { state in
            let new = checks.subtracting(state.checks)
            state.checks = checks
            state.judgements = state.judgements.filter { checks.contains($0.key) }
            state.untold.formIntersection(checks)
            state.hosts = Self.loopback + hosts
            state.found = state.found.filter { checks.contains($0.key) && state.hosts.contains($0.value) }
            return new
        }
        for check in new { probes.add(check) }
    }

    /// Tells vrrpd everything again: it is another process, or has other definitions.
    func tellAgain() {
        state.withLock { state in
            state.untold = Set(state.judgements.filter { $0.value.hasEndpoint != nil }.map(\.key))
        }
        ring.yield()
    }

    /// Tells vrrpd after a while what it did not know.
    private func tellAgain(_ checks: Set<EndpointCheck>) {
        let isFirst = state.withLock { state in
            state.untold.formUnion(checks.intersection(state.checks))
            defer { state.isToTellAgain = true }
            return !state.isToTellAgain
        }
        guard isFirst else { return }
        Task {
            try? await Task.sleep(for: Self.pauseBeforeTellingAgain)
            state.withLock { $0.isToTellAgain = false }
            ring.yield()
        }
    }

    /// Asks and tells until the task is cancelled; can run once.
    func run(_ link: EngineLink) async throws {
        var configuration = HTTPClient.Configuration()
        configuration.timeout = .init(connect: .seconds(1), read: .seconds(1))
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

    private func probe(_ check: EndpointCheck, _ client: HTTPClient) async -> WorkQueue<EndpointCheck>.Outcome {
        let question = state.withLock { state -> (first: String, others: [String])? in
            guard state.checks.contains(check) else { return nil }
            let first = state.found[check] ?? state.hosts[0]
            return (first, state.hosts.filter { $0 != first })
        }
        guard let (first, others) = question else { return .success }
        let (host, answer) = await Self.answer(of: check.port, at: first, or: others, client)
        guard !Task.isCancelled else { return .success }
        let judgement = state.withLock { state -> Bool? in
            guard state.checks.contains(check) else { return nil }
            if let host { state.found[check] = host == state.hosts[0] ? nil : host }
            guard state.judgements[check, default: EndpointJudgement()].take(answer) else { return nil }
            state.untold.insert(check)
            return state.judgements[check]?.hasEndpoint
        }
        if let judgement {
            logger.notice("The \(check.trackedName) are \(judgement ? "here" : "not here")")
            ring.yield()
        }
        return .again(after: Self.interval)
    }

    private enum Event {
        case answered(EndpointAnswer, by: String)
        case headStartIsOver
        case timeIsOver
    }

    /// Asks a host, and others where it has nothing to say; the first one that says something counts.
    private static func answer(
        of port: Int, at first: String, or others: [String], _ client: HTTPClient
    ) async -> (host: String?, answer: EndpointAnswer) {
        await withTaskGroup(of: Event.self) { group in
            func ask(_ host: String) {
                group.addTask { .answered(await answer(of: port, at: host, client), by: host) }
            }
            ask(first)
            group.addTask {
                try? await Task.sleep(for: headStart)
                return .headStartIsOver
            }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return .timeIsOver
            }
            defer { group.cancelAll() }
            var (waiting, open) = (others, 1)
            for await event in group {
                switch event {
                case .answered(.silent, _): open -= 1
                case .answered(let answer, let host): return (host, answer)
                case .headStartIsOver: break
                case .timeIsOver: return (nil, .silent)
                }
                waiting.forEach(ask)
                open += waiting.count
                waiting = []
                if open == 0 { break }
            }
            return (nil, .silent)
        }
    }

    private static func answer(of port: Int, at host: String, _ client: HTTPClient) async -> EndpointAnswer {
        let request = HTTPClientRequest(url: "http://\(host):\(port)/healthz")
        do {
            let response = try await client.execute(request, timeout: .seconds(1))
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
                return state.untold.reduce(into: [EndpointCheck: Bool]()) { $0[$1] = state.judgements[$1]?.hasEndpoint }
            }
            guard !states.isEmpty else { continue }
            do {
                let told = Dictionary(states.map { ($0.key.trackedName, $0.value) }) { first, _ in first }
                let unknown = try await link.track(told)
                // vrrpd works by other definitions as yet; whoever lets it read the new ones need not be the agent.
                if !unknown.isEmpty { tellAgain(Set(unknown.compactMap(EndpointCheck.init(trackedName:)))) }
            } catch {
                if Task.isCancelled { return }
                logger.debug("vrrpd is not told what the node has endpoints of: \(error)")
                state.withLock { state in state.untold.formUnion(state.checks.intersection(states.keys)) }
                try? await Task.sleep(for: .milliseconds(500))
                ring.yield()
            }
        }
    }
}
