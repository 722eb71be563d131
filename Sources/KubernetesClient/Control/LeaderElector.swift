internal import JSONDocument
public import KubernetesAPI
internal import Logging
internal import Synchronization

/// Lets one of several processes work at a time, by a Lease.
public struct LeaderElector: Sendable {
    private let client: APIClient
    private let lease: ObjectKey
    private let settings: LeaderElectionSettings
    private let manager: FieldManager

    /// A candidate for a Lease.
    public init(_ client: APIClient, lease: ObjectKey, _ settings: LeaderElectionSettings, as manager: FieldManager) {
        self.client = client
        self.lease = lease
        self.settings = settings
        self.manager = manager
    }

    /// Waits until this process leads, runs `body` then, and gives the Lease back when it ends.
    ///
    /// When the Lease is lost, `body` is cancelled and runs anew when this process leads again. When the task is cancelled,
    /// so is `body`, and the Lease is given back.
    public func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let election = Election(settings)
        do {
            while true {
                try await campaign(election)
                client.logger.notice("leading by the Lease \(lease)")
                if try await lead(election, body) { break }
                client.logger.warning("the Lease \(lease) is lost")
            }
        } catch {
            await release(election)
            throw error
        }
        await release(election)
    }

    /// The election, which the renewal and the end share.
    private final class Election: Sendable {
        let state: Mutex<LeaderElection>

        init(_ settings: LeaderElectionSettings) { state = Mutex(LeaderElection(settings)) }

        var leads: Bool { state.withLock { $0.leads(at: .now) } }
    }

    private func campaign(_ election: Election) async throws {
        while !election.leads { try await step(election) }
    }

    /// Runs `body` for as long as the Lease is held; says whether it came to its end.
    private func lead(_ election: Election, _ body: @escaping @Sendable () async throws -> Void) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    try await body()
                    return true
                } catch is CancellationError {
                    return false
                }
            }
            group.addTask {
                while election.leads { try await step(election) }
                return false
            }
            let isOver = try await group.next() ?? false
            group.cancelAll()
            while let result = await group.nextResult() {
                // What a cancelled body says is of interest; that the renewal was cancelled is not.
                if case .failure(let error) = result, !(error is CancellationError) { throw error }
            }
            try Task.checkCancellation()
            return isOver
        }
    }

    /// Does what is next, but never for longer than this process leads.
    private func step(_ election: Election) async throws {
        var generator = SystemRandomNumberGenerator()
        let (step, end) = election.state.withLock {
            ($0.next(at: .now, .now, using: &generator), $0.leadsUntil)
        }
        if case .wait(let moment) = step {
            return try await Task.sleep(until: min(moment, end ?? moment), clock: .continuous)
        }
        let allowed = end.map { ContinuousClock.now.duration(to: $0) } ?? settings.renewDeadline
        let answer = try await withTimeout(max(allowed, .zero)) { try await carryOut(step) } ?? .failed
        election.state.withLock { $0.received(answer, at: .now, using: &generator) }
    }

    private func carryOut(_ step: LeaderElection.Step) async throws -> LeaderElection.Answer {
        let client = client.with(timeout: settings.renewDeadline / 2, retries: 0)
        let leases = Lease.inside(lease.namespace)
        do {
            switch step {
            case .wait: return .failed
            case .read: return try await client.find(lease.name, in: leases).map { .read($0) } ?? .missing
            case .create(let spec):
                var object = Lease(metadata: ObjectMeta(name: lease.name, namespace: lease.namespace))
                object.spec = spec
                return .written(try await client.create(object, in: leases, as: manager))
            case .write(let spec, let version):
                return .written(try await write(spec, version, with: client))
            }
        } catch let error as ClientError where error.isConflict {
            return .conflict
        } catch let error as ClientError where error.isNotFound {
            // The Lease was deleted meanwhile.
            return .missing
        } catch let error as ClientError {
            client.logger.warning("\(error)")
            return .failed
        }
    }

    /// Writes the Lease if it is still that version, and leaves alone what others have put into it.
    private func write(_ spec: Lease.Spec, _ version: String?, with client: APIClient) async throws -> Lease {
        var lease = Lease(metadata: ObjectMeta())
        lease.metadata.resourceVersion = version
        lease.spec = spec
        return try await client.merge(lease, into: self.lease.name, in: Lease.inside(self.lease.namespace), as: manager)
    }

    /// Gives the Lease back. The task may be cancelled, so that this runs in another one, which is waited for.
    private func release(_ election: Election) async {
        guard let (spec, version) = election.state.withLock({ $0.release(at: .now, .now) }) else { return }
        let client = client.with(timeout: min(settings.retryPeriod, .seconds(2)), retries: 0)
        await Task {
            do {
                _ = try await write(spec, version, with: client)
                client.logger.info("gave the Lease \(lease) back")
            } catch {
                client.logger.info("the Lease \(lease) runs out by itself: \(error)")
            }
        }.value
    }
}
