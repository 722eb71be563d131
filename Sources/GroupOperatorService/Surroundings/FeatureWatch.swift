import GroupOperator
import KubernetesAPI
import KubernetesClient
import Logging
import Synchronization

/// Knows what the cluster has besides the ordinary, and notices when that changes.
final class FeatureWatch: Sendable {
    private static let patience: Duration = .seconds(1)

    private let client: APIClient
    private let interval: Duration
    private let logger: Logger
    private let known = Mutex(ClusterFeatures())

    /// - Parameter interval: How often the cluster is asked.
    init(_ client: APIClient, interval: Duration, logger: Logger) {
        self.client = client
        self.interval = interval
        self.logger = logger
    }

    /// What the cluster had when it was last asked.
    var features: ClusterFeatures { known.withLock(\.self) }

    /// What the cluster has now.
    func currentFeatures() async throws -> ClusterFeatures {
        let answer = try await ask()
        known.withLock { $0 = answer }
        return answer
    }

    /// Asks until there is an answer; throws `CancellationError` alone.
    func begin() async throws {
        while true {
            do {
                let features = try await ask()
                return known.withLock { $0 = features }
            } catch let error as ClientError {
                logger.warning("the API server does not say which types it has: \(error)")
                try await Task.sleep(for: Self.patience)
            }
        }
    }

    /// Asks again and again until there is another answer; throws `CancellationError` alone.
    func change(from features: ClusterFeatures) async throws -> ClusterFeatures {
        while true {
            try await Task.sleep(for: interval)
            do {
                let answer = try await currentFeatures()
                if answer != features { return answer }
            } catch let error as ClientError {
                logger.info("the API server does not say which types it has: \(error)")
            }
        }
    }

    private func ask() async throws -> ClusterFeatures {
        var features = ClusterFeatures()
        features.hasPodMonitors = try await client.serves(PodMonitor.resourceType)
        features.hasSecurityContextConstraints = try await client.serves(ClusterFeatures.securityContextConstraints)
        return features
    }
}
