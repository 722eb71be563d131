import GroupOperator
import KubernetesAPI
public import KubernetesClient
public import Logging
import StatusServer
import Synchronization
import Telemetry
import VIPPlanning

/// The operator: turns annotated Services into virtual routers, and keeps the pods of the groups.
public struct OperatorService: Sendable {
    /// How many groups are looked at at a time.
    private static let workers = 4

    private let options: OperatorOptions
    private let logger: Logger
    private let metrics = OperatorMetrics()
    private let readiness = Readiness()
    private let page: ClusterPage

    /// An operator that begins when it is run.
    public init(_ options: OperatorOptions, logger: Logger) {
        self.options = options
        self.logger = logger
        page = ClusterPage(version: options.version)
    }

    /// Works until the task is cancelled.
    ///
    /// - Throws: why it cannot work at all, such as an address that cannot be listened on.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for address in Set([options.metricsAddress, options.healthAddress].compactMap(\.self)) {
                group.addTask { try await serve(on: address) }
            }
            group.addTask {
                try await APIClient.withClient(options.cluster, logger: logger) { client in
                    try await run(with: client)
                }
            }
            // Whatever ends first, ends all.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Works with a client until the task is cancelled; serves nothing.
    public func run(with client: APIClient) async throws {
        guard let identity = options.leaderIdentity else { return try await lead(client) }
        guard let settings = LeaderElectionSettings(identity: identity) else {
            throw ClientError.invalidRequest("\"\(identity.prefix(80))\" cannot be the identity of a leader")
        }
        let lease = ObjectKey(options.leaseNamespace, OperatorOptions.leaseName)
        logger.notice("waiting for the Lease \(lease) as \(identity)")
        try await LeaderElector(client, lease: lease, settings, as: OperatorNames.fieldManager).run {
            try await lead(client)
        }
    }

    private func serve(on address: ListenAddress) async throws {
        let (metrics, readiness) = (metrics, readiness)
        let content = StatusServer.Content(
            metrics: { await metrics.families() }, readiness: { readiness.report },
            page: address == options.metricsAddress ? page.source : nil)
        try await StatusServer(address: address, content: content, logger: logger).run()
    }

    /// Does the work, while this process is the one that does.
    private func lead(_ client: APIClient) async throws {
        let inbox = Inbox()
        // Who was refused for minutes shall not wait for minutes when it is over.
        let loop = WorkLoop(
            WorkQueue<ObjectName>(backoff: Backoff(initial: .milliseconds(50), maximum: .seconds(30))))
        let speaker = Speaker(client)
        let vacancies = VacancyWatch()
        let copies = ClusterCopies(
            client, inbox: inbox, loop: loop, speaker: speaker, page: page, vacancies: vacancies)
        let features = FeatureWatch(client, interval: options.featureInterval, logger: logger)
        let departedGroups = DepartedGroupsKeeping(client, namespace: options.leaseNamespace, logger: logger)
        let plan = ClusterPlan(
            client, copies, inbox, loop, speaker, metrics, departedGroups, countDelay: options.countDelay,
            logger: logger)
        let reconciler = GroupReconciler(
            client: client, copies: copies, plan: plan, features: features, speaker: speaker, metrics: metrics,
            settings: options.settings, configMaps: LeftConfigMaps(client, logger: logger), logger: logger)
        readiness.waits(for: copies)
        metrics.begin { await plan.gauges }
        page.begin { copies.view }
        defer {
            metrics.end()
            page.end()
            readiness.waitsForNothing()
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await speaker.run() }
            group.addTask { [page] in await page.run() }
            for run in copies.runs { group.addTask { await run() } }
            try await features.begin()
            try await copies.synced()
            do {
                try await speaker.recall(from: client, copies)
            } catch let error as ClientError {
                logger.notice("what was told before is told again: \(error)")
            }
            logger.notice("all objects are known; planning begins")
            group.addTask { await departedGroups.run() }
            group.addTask { await plan.run() }
            group.addTask { await loop.run(workers: Self.workers) { await reconciler.reconcile($0) } }
            group.addTask { await vacancies.run(loop, copies) }
            group.addTask { try await follow(features, copies, plan) }
            try await group.waitForAll()
        }
    }

    /// Follows PodMonitors as soon as the cluster has them, and looks at all groups anew when it has other types.
    private func follow(_ watch: FeatureWatch, _ copies: ClusterCopies, _ plan: ClusterPlan) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            var features = watch.features
            var isFollowed = false
            while true {
                if features.hasPodMonitors, !isFollowed {
                    group.addTask { await copies.objects(PodMonitor.resourceType)?.run() }
                    isFollowed = true
                }
                features = try await watch.change(from: features)
                logger.notice("the cluster has other types now")
                await plan.reviewAll()
            }
        }
    }
}
