import ClusterObjects
import KubernetesAPI
import KubernetesClient
import Logging
import NodeAgent
import Synchronization
import VRRP

/// The virtual routers of a group, from the API server.
final class ClusterSource: RouterSource {
    private let informer: Informer<KubernetesAPI.VirtualRouter>
    private let passwords: PasswordWatch
    private let objects: ChangingObjects

    /// The routers of a group in a namespace.
    init(_ client: APIClient, namespace: String, group: String) {
        let objects = ChangingObjects()
        self.objects = objects
        passwords = PasswordWatch(client, namespace: namespace) { objects.ring() }
        informer = Informer(
            client, KubernetesAPI.VirtualRouter.inside(namespace),
            Selection(labels: [.equals(ContractNames.groupLabel, group)])
        ) { change in objects.take(change) }
    }

    /// An object as it was last seen.
    subscript(key: ObjectKey) -> KubernetesAPI.VirtualRouter? { informer[key] }

    /// Whether the API server answers.
    var isConnected: Bool { informer.isSynced && informer.trouble == nil }

    /// When it last said anything; nil before the first time.
    var lastContact: Timestamp? { informer.lastContact }

    /// How often it is looked whether objects that could never be read are gone.
    private static let interval = Duration.seconds(5)
    /// How often it is looked whether the API server can be followed.
    private static let troubleInterval = Duration.seconds(1)

    func run(_ tell: @escaping @Sendable (SourceNews) -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await self.informer.run() }
            group.addTask { await self.passwords.run() }
            group.addTask {
                // Before that, what is here may be a part, and nothing is told of it.
                try await self.informer.synced()
                for await _ in self.objects.rings {
                    let places = self.objects.passwordPlaces
                    self.passwords.want(places)
                    // A password that is there comes within moments; without it its routers are only not there yet.
                    guard self.passwords.areKnown(places) else { continue }
                    tell(.routers(self.objects.set(self.passwords.known)))
                }
            }
            group.addTask {
                while true {
                    try await Task.sleep(for: Self.interval)
                    let store = self.informer.store
                    self.objects.forget(unreadableBesides: Set(store.unreadable.keys).union(store.objects.keys))
                }
            }
            group.addTask {
                var told: [SourceTrouble] = []
                while true {
                    try await Task.sleep(for: Self.troubleInterval)
                    let troubles = self.informer.trouble.map { [SourceTrouble.unreachable("\($0)")] } ?? []
                    if troubles != told { tell(.troubles(troubles)) }
                    told = troubles
                }
            }
            try await group.waitForAll()
        }
    }
}

/// The objects, as changes come from another thread.
private final class ChangingObjects: Sendable {
    private let objects = Mutex(RouterObjects())
    let rings: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    init() {
        (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        // A group without routers is told as well.
        bell.yield()
    }

    func take(_ change: ObjectStore<KubernetesAPI.VirtualRouter>.Change) {
        objects.withLock { $0.take(change) }
        bell.yield()
    }

    func forget(unreadableBesides present: Set<ObjectKey>) {
        if objects.withLock({ $0.forget(unreadableBesides: present) }) { bell.yield() }
    }

    func ring() { bell.yield() }

    var passwordPlaces: Set<PasswordPlace> { objects.withLock(\.passwordPlaces) }

    func set(_ passwords: [PasswordPlace: SecretPassword]) -> RouterSet { objects.withLock { $0.set(passwords) } }
}
