import ControlProtocol
import Logging
import NodeAgent
import StatusServer
import Synchronization
import VRRPEngine

/// Keeps the definitions of the node's vrrpd in line with what a source tells, and knows what vrrpd does.
actor AgentCore {
    let options: AgentOptions
    /// Takes what comes; from any thread.
    nonisolated let inbox = AgentInbox()
    nonisolated let prober: EndpointProber
    nonisolated let feed: PageFeed
    private let link: EngineLink
    /// What the source knows beside virtual routers.
    let insight: @Sendable () -> SourceInsight?
    let logger: Logger
    private let file: DefinitionsFile
    private let finder = InterfaceFinder()

    private var book: DefinitionsBook
    private var set: RouterSet?
    /// What is known of vrrpd.
    private(set) var engine = EngineView()
    private(set) var counts = AgentCounts()
    /// Why the file could not be written; nil where it could.
    private(set) var fileProblem: String?
    /// What keeps the source from telling all that there is.
    private(set) var sourceTroubles: [SourceTrouble] = []
    /// Definitions that vrrpd has refused, and why.
    private(set) var refusal: Refusal?
    /// When something that came was last worked off, which is every ten seconds at least.
    private(set) var lastTurn = ContinuousClock.now
    private var generationsInForce: [String: Int] = [:]
    private(set) var history = TransitionHistory()
    private var listeners: [AsyncStream<Void>.Continuation] = []
    private var isAskingForStatus = false
    private var wantsStatus = false

    private static let pauseAfterFailure = Duration.seconds(1)
    private static let pauseForReaders = Duration.seconds(1)

    init(
        options: AgentOptions, link: EngineLink, insight: @escaping @Sendable () -> SourceInsight?, logger: Logger
    ) async {
        self.options = options
        self.link = link
        self.insight = insight
        self.logger = logger
        prober = EndpointProber(logger: logger)
        let file = DefinitionsFile(directory: options.stateDirectory)
        self.file = file
        let written = Self.written(file, logger)
        book = DefinitionsBook(node: options.node, file: written)
        feed = PageFeed(PageSnapshot.empty(node: options.node))
        // After a start without an API server the addresses of the last definitions wait for the answers of these ports.
        probe()
    }

    /// What an earlier process has written. A node that never had an agent gets definitions of nothing: vrrpd starts with
    /// these, so that it is there when the first routers come.
    private static func written(_ file: DefinitionsFile, _ logger: Logger) -> Definitions? {
        do throws(DefinitionsFileError) {
            if let written = try file.read() {
                let count = written.virtualRouters.count
                logger.notice("\(file.path) has \(count) virtual routers, generation \(written.generation)")
                return written
            }
            try file.write(Definitions())
            return Definitions()
        } catch {
            logger.error("\(error)")
            return nil
        }
    }

    /// Works off what comes until the task is cancelled.
    func work() async {
        for await _ in inbox.rings {
            let contents = inbox.take()
            if let set = contents.set { self.set = set }
            if let troubles = contents.troubles { sourceTroubles = troubles }
            var isNew = contents.set != nil || contents.troubles != nil || contents.isTicking
            for news in contents.news {
                take(news)
                if case .connected = news { isNew = true }
            }
            if isNew { await update() }
            if contents.isTicking || !contents.news.isEmpty { askForStatus() }
            lastTurn = .now
        }
    }

    /// Writes what the file has to say, and lets vrrpd read it.
    private func update() async {
        var isUnsettled = false
        if let set {
            var next = book
            let start = ContinuousClock.now
            let inForce = engine.isReachable ? engine.generation : nil
            let definitions = next.take(
                set, generationInForce: inForce, addresses: finder.addresses, interface: finder.interface)
            if let definitions {
                do {
                    try await link.apart { [file] in try file.write(definitions) }
                } catch {
                    counts.writesFailed += 1
                    if fileProblem != "\(error)" { logger.error("The definitions are not written: \(error)") }
                    fileProblem = "\(error)"
                    return inbox.tick(after: Self.pauseAfterFailure)
                }
                isUnsettled = true
                counts.writes += 1
                let count = definitions.virtualRouters.count
                logger.notice(
                    "Wrote \(count) virtual routers, generation \(definitions.generation), in \(start.duration(to: .now))"
                )
            }
            fileProblem = nil
            tellObstacles(from: book.obstacles, to: next.obstacles)
            book = next
        }
        probe()
        // A disk may take its time, and vrrpd need not wait for it.
        let settlement = isUnsettled ? Task { await settle() } : nil
        await reloadIfNeeded()
        if engine.generation == book.written?.generation { generationsInForce = book.generations }
        publish()
        await settlement?.value
    }

    /// Sees to it that a loss of power leaves what was written.
    private func settle() async {
        do {
            try await link.apart { [file] in try file.settle() }
        } catch {
            logger.warning("The definitions may not outlive a loss of power: \(error)")
        }
    }

    /// Asks the ports that the definitions speak of from now on.
    private func probe() {
        let virtual = Set((book.written?.virtualRouters ?? []).flatMap { $0.addresses.map(\.address) })
        prober.update(book.healthChecks, at: finder.addresses.reachable.filter { !virtual.contains($0) })
    }

    private func reloadIfNeeded() async {
        // Before the first set the file says nothing that vrrpd should turn to: it may be new and empty, beside a vrrpd that
        // still has what a lost one said.
        guard set != nil, let generation = book.written?.generation, engine.isReachable else { return }
        guard engine.generation != generation else {
            refusal = nil
            return
        }
        let before = refusal?.generation == generation ? refusal : nil
        if let before, !before.isOver(at: .now) { return }
        do {
            let outcome = try await link.reload()
            counts.reloads += 1
            engine.generation = outcome.generation
            prober.tellAgain()
            askForStatus()
            if outcome.isInForce, outcome.generation == generation {
                refusal = nil
                return
            }
            let problem =
                outcome.isInForce
                ? "it does not read \(file.path), but another file, of generation \(outcome.generation)"
                : outcome.error ?? "no reason was given"
            let refusal = Refusal(of: generation, because: problem, after: before, at: .now)
            self.refusal = refusal
            inbox.tick(after: refusal.pause)
            if before?.problem != problem { logger.error("vrrpd refuses generation \(generation): \(problem)") }
        } catch {
            logger.notice("vrrpd is not asked to read its definitions: \(error)")
            inbox.tick(after: Self.pauseAfterFailure)
        }
    }

    private func take(_ news: EngineNews) {
        switch news {
        case .connected(let status):
            if !engine.isReachable {
                logger.notice("vrrpd \(status.daemon.version) answers, pid \(status.daemon.processID)")
            }
            let before = engine.process
            history.take(status, after: engine.status, planned: book.routers)
            engine.connected(status)
            if engine.process != before {
                refusal = nil
                history.forgetSequences()
            }
            askForEvents(since: history.lastSequence)
            prober.tellAgain()
        case .reported(let report):
            history.take(report)
        case .lost(let error):
            if engine.isReachable || engine.problem == nil { logger.warning("\(error)") }
            engine.lost("\(error)")
            publish()
        }
    }

    /// Asks vrrpd for what has happened while nobody listened.
    private func askForEvents(since sequence: UInt64) {
        let process = engine.process
        Task {
            do {
                let list = try await link.events(since: sequence)
                guard engine.process == process else { return }
                history.take(list)
                publish()
            } catch {
                logger.notice("vrrpd does not tell what has happened before: \(error)")
            }
        }
    }

    private func tellObstacles(from old: [NodeDefinitions.Obstacle], to new: [NodeDefinitions.Obstacle]) {
        for obstacle in new where !old.contains(obstacle) {
            logger.warning("\(obstacle.definition ?? obstacle.router): \(obstacle.reason)")
        }
        for obstacle in old where !new.contains(obstacle) {
            logger.notice("\(obstacle.definition ?? obstacle.router): no longer: \(obstacle.reason)")
        }
    }

    /// Asks vrrpd for its state; what comes meanwhile leads to one more question.
    private func askForStatus() {
        guard !isAskingForStatus else {
            wantsStatus = true
            return
        }
        isAskingForStatus = true
        Task {
            await refresh()
            // Transitions come in swarms.
            try? await Task.sleep(for: .milliseconds(50))
            isAskingForStatus = false
            guard wantsStatus else { return }
            wantsStatus = false
            askForStatus()
        }
    }

    /// The state of vrrpd at this moment; nil while it does not answer.
    @discardableResult
    func refresh() async -> NodeStatus? {
        guard engine.isReachable else { return nil }
        do {
            let status = try await link.status()
            guard !engine.isOutdated(status) else { return engine.current }
            history.take(status, after: engine.status, planned: book.routers)
            engine.answered(status)
            publish()
            return status
        } catch {
            if Task.isCancelled { return nil }
            // One that hangs keeps its connections: what it said before must not pass for its state.
            if engine.problem == nil { logger.warning("vrrpd does not tell its state: \(error)") }
            engine.fellSilent("\(error)")
            publish()
            return nil
        }
    }

    /// Asks vrrpd for its state again and again while somebody looks at the page, until the task is cancelled: of what
    /// becomes of other nodes no report tells.
    func followForReaders() async throws {
        while true {
            let start = ContinuousClock.now
            if feed.isRead { await refresh() }
            // With very many routers it takes a moment, and shall take a small share of a processor.
            try await Task.sleep(for: max(Self.pauseForReaders, start.duration(to: .now) * 10))
        }
    }

    /// What a reporter needs to know.
    var view: AgentView {
        AgentView(
            node: options.node, status: engine.current, problem: engine.problem, routers: book.routers,
            obstacles: book.obstacles, generations: generationsInForce)
    }

    /// The definitions that the file has, their obstacles and what is probed.
    var definitions: DefinitionsBook { book }

    /// Rings whenever something of ``view`` may have changed.
    func changes() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        continuation.yield()
        listeners.append(continuation)
        return stream
    }

    private func publish() {
        for listener in listeners { listener.yield() }
        feed.publish(snapshot)
    }
}

/// How often the agent did something, since its start.
struct AgentCounts: Sendable {
    var writes = 0
    var writesFailed = 0
    var reloads = 0
}
