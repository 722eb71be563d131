import KubernetesAPI
import KubernetesClient
import NodeAgent
import Synchronization
import VIPPlanning
import VRRP

/// Watches the Secrets that hold passwords: each by its name, because that is all that the agent has the right to.
final class PasswordWatch: Sendable {
    private struct Watched {
        var informer: Informer<Secret>
        let start = ContinuousClock.now
        var task: Task<Void, Never>?
    }

    private struct State {
        var isRunning = false
        var secrets: [String: Watched] = [:]
        var places: Set<PasswordPlace> = []
    }

    /// How long routers wait for a Secret that cannot be read; then those without a password go on.
    private static let patience = Duration.seconds(2)

    private let client: APIClient
    private let namespace: String
    private let onChange: @Sendable () -> Void
    private let state = Mutex(State())

    init(_ client: APIClient, namespace: String, onChange: @escaping @Sendable () -> Void) {
        self.client = client
        self.namespace = namespace
        self.onChange = onChange
    }

    /// Watches the Secrets of these places from now on, and no others.
    func want(_ places: Set<PasswordPlace>) {
        let names = Set(places.map(\.source.secret))
        state.withLock { state in
            state.places = places
            for (name, watched) in state.secrets where !names.contains(name) {
                watched.task?.cancel()
                state.secrets[name] = nil
            }
            for name in names where state.secrets[name] == nil {
                let informer = Informer(client, Secret.inside(namespace), .named(name)) { [onChange] _ in onChange() }
                let task = state.isRunning ? start(informer) : nil
                state.secrets[name] = Watched(informer: informer, task: task)
            }
        }
    }

    /// Whether it is known of each place what it holds, or has become clear that this will not be known soon.
    func areKnown(_ places: Set<PasswordPlace>) -> Bool {
        state.withLock { state in
            places.allSatisfy { place in
                guard let secret = state.secrets[place.source.secret] else { return false }
                return Self.isSettled(secret.informer, since: secret.start)
            }
        }
    }

    private static func isSettled(_ informer: Informer<Secret>, since start: ContinuousClock.Instant) -> Bool {
        informer.isSynced || informer.trouble?.isTemporary == false || start.duration(to: .now) >= patience
    }

    /// The passwords that are there.
    var known: [PasswordPlace: SecretPassword] {
        state.withLock { state in
            state.places.reduce(into: [:]) { known, place in
                let informer = state.secrets[place.source.secret]?.informer
                let secret = informer?[ObjectKey(namespace, place.source.secret)]
                known[place] = secret?.data?[place.source.key].flatMap { SecretPassword(secretValue: $0) }
            }
        }
    }

    /// Watches until the task is cancelled.
    func run() async {
        state.withLock { state in
            state.isRunning = true
            for (name, watched) in state.secrets { state.secrets[name]?.task = start(watched.informer) }
        }
        // Only cancelled.
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
        state.withLock { state in
            state.isRunning = false
            for watched in state.secrets.values { watched.task?.cancel() }
        }
    }

    private func start(_ informer: Informer<Secret>) -> Task<Void, Never> {
        Task { [onChange] in
            await withTaskGroup { group in
                group.addTask { await informer.run() }
                group.addTask {
                    // An empty list changes nothing, and yet it is an answer; so is a refusal.
                    let start = ContinuousClock.now
                    while !Task.isCancelled, !Self.isSettled(informer, since: start) {
                        try? await Task.sleep(for: .milliseconds(20))
                    }
                    onChange()
                }
                await group.waitForAll()
            }
        }
    }
}
