import ClusterObjects
import Dispatch
public import Logging
public import ManifestFolder
import NodeAgent
import Synchronization
import Telemetry
import VIPPlanning
import VRRP

/// The virtual routers of a folder of manifests.
public struct FolderSource: RouterSource {
    private let folder: ManifestFolder
    private let node: String
    private let logger: Logger
    private let known = KnownInsight()

    /// The routers of `folder`, with what is wrong with its files in the log.
    ///
    /// - Parameter node: The name of this host.
    public init(_ folder: ManifestFolder, node: String, logger: Logger) {
        self.folder = folder
        self.node = node
        self.logger = logger
    }

    /// Tells what the folder comes to, whenever that changes.
    ///
    /// - Throws: ``FolderMissing`` where there is no folder at the start. Whatever happens to it later, what was in force stays.
    public func run(_ tell: @escaping @Sendable (SourceNews) -> Void) async throws {
        try await FolderWatch(folder, node: node, known, logger: logger).run(tell)
    }

    /// What is wrong with its files, and how many identifiers its groups have.
    public var insight: SourceInsight? { known.insight }
}

/// There is no folder to read manifests from.
public struct FolderMissing: Error, CustomStringConvertible {
    /// The path, and why it cannot be read; a sentence without a full stop.
    public let description: String
}

/// What is known of a folder, for whoever asks.
private final class KnownInsight: Sendable {
    private let state = Mutex(SourceInsight())

    var insight: SourceInsight { state.withLock(\.self) }

    func set(_ messages: [FolderMessage], _ plan: FolderPlan?) {
        let findings = messages.compactMap(\.severity.finding).reduce(into: [:]) { $0[$1, default: 0] += 1 }
        state.withLock { insight in
            insight.findings = findings
            // Without a plan what was in force stays, and with it what is known of its identifiers.
            guard let plan else { return }
            insight.headroom = plan.identifiers.map { count in
                RouterIDHeadroom(
                    segment: "\(count.group.namespace)/\(count.group.name)", free: count.available, usable: count.usable
                )
            }
        }
    }
}

/// Looks at a folder again and again, and logs what is wrong with it.
private actor FolderWatch {
    /// A file that is written counts at the second look after it.
    private static let interval = Duration.milliseconds(300)

    private let folder: WatchedFolder
    private let node: String
    private let known: KnownInsight
    private let logger: Logger
    private var said: Set<FolderMessage> = []

    init(_ folder: ManifestFolder, node: String, _ known: KnownInsight, logger: Logger) {
        self.folder = WatchedFolder(folder)
        self.node = node
        self.known = known
        self.logger = logger
    }

    func run(_ tell: @Sendable (SourceNews) -> Void) async throws {
        while !Task.isCancelled {
            let (state, isMissing) = await folder.look()
            if let state {
                if isMissing { throw FolderMissing(description: state.problems.first?.description ?? "no folder") }
                let messages = state.messages(onNode: node)
                say(messages)
                known.set(messages, state.plan)
                tell(.troubles(messages.filter { $0.severity != .notice }.map { .unusable($0.text) }))
                if let plan = state.plan { tell(.routers(RouterSet(plan))) }
            }
            try await Task.sleep(for: Self.interval)
        }
    }

    /// Logs what is new, and what is no longer so.
    private func say(_ messages: [FolderMessage]) {
        for message in messages where !said.contains(message) {
            logger.log(level: message.severity.level, "\(message.text)")
        }
        for message in said.subtracting(messages).sorted(by: { $0.text < $1.text }) where message.severity != .notice {
            logger.notice("No longer: \(message.text)")
        }
        said = Set(messages)
    }
}

/// A folder that is looked at on a thread of its own: a file system may take its time.
private final class WatchedFolder: Sendable {
    private let folder: Mutex<ManifestFolder>
    private let queue = DispatchQueue(label: "manifests")

    init(_ folder: ManifestFolder) { self.folder = Mutex(folder) }

    func look() async -> (state: FolderState?, isMissing: Bool) {
        await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: self.folder.withLock { ($0.look(), $0.isMissing) })
            }
        }
    }
}

extension FolderMessage.Severity {
    /// The same for metrics; nil for what nobody needs to look at.
    fileprivate var finding: SourceInsight.Severity? {
        switch self {
        case .error: .error
        case .warning: .warning
        case .notice: nil
        }
    }

    fileprivate var level: Logger.Level {
        switch self {
        case .error: .error
        case .warning: .warning
        case .notice: .notice
        }
    }
}

extension RouterSet {
    /// What a plan tells an agent.
    fileprivate init(_ plan: FolderPlan) {
        var passwords: [PasswordPlace: SecretPassword] = [:]
        for place in Set(plan.routers.compactMap(\.passwordPlace)) {
            let secret = plan.secrets[ObjectName(place.namespace, place.source.secret)]
            passwords[place] = secret?[place.source.key].flatMap { SecretPassword(secretValue: $0.octets) }
        }
        self.init(routers: plan.routers, passwords: passwords)
    }
}
