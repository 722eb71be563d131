import ClusterObjects
public import KubernetesAPI
import VIPPlanning

/// The routers of a group as their objects say them, change by change.
public struct RouterObjects: Sendable {
    private struct Entry {
        /// What the object said last that could be read, with its generation.
        var router: PlannedRouter?
        var uid: String?
        var generation: Int?
        /// Why the object as it is now cannot be used; nil where it can.
        var problem: UnreadableRouter?
    }

    private var entries: [ObjectKey: Entry] = [:]

    /// No routers.
    public init() {}

    /// Takes a change.
    public mutating func take(_ change: ObjectStore<KubernetesAPI.VirtualRouter>.Change) {
        switch change {
        case .added(let object), .updated(_, let object): take(object)
        case .deleted(let object): entries[object.key] = nil
        case .forgotten(let key): entries[key] = nil
        case .unreadable(let object):
            let entry = entries[object.key, default: Entry()]
            entries[object.key, default: entry].problem = UnreadableRouter(
                namespace: object.key.namespace ?? "", objectName: object.metadata.name,
                definition: entry.router?.definitionName, problem: object.problem)
        }
    }

    private mutating func take(_ object: KubernetesAPI.VirtualRouter) {
        // A status that changes, by far the most of what happens to an object, says nothing new about the router.
        let metadata = object.metadata
        if let entry = entries[object.key], entry.problem == nil, let generation = entry.generation,
            generation == metadata.generation, entry.uid == metadata.uid
        {
            return
        }
        do throws(FieldProblems) {
            entries[object.key] = Entry(
                router: try PlannedRouter(object), uid: metadata.uid, generation: metadata.generation, problem: nil)
        } catch {
            let spec = object.spec
            let key = spec.key ?? "\(spec.service.namespace)/\(spec.service.name)"
            entries[object.key, default: Entry()].problem = UnreadableRouter(
                namespace: object.key.namespace ?? "", objectName: object.metadata.name,
                definition: PlannedRouter.definitionName(group: spec.group, key: key, family: spec.family),
                problem: "\(error)")
        }
    }

    /// Forgets objects that could never be read and are none of these any more: a store has nothing to tell of their end.
    ///
    /// - Returns: Whether there was one.
    public mutating func forget(unreadableBesides present: Set<ObjectKey>) -> Bool {
        let gone = entries.filter { $0.value.router == nil && !present.contains($0.key) }
        for key in gone.keys { entries[key] = nil }
        return !gone.isEmpty
    }

    /// Where the passwords of routers of version 2 are kept.
    public var passwordPlaces: Set<PasswordPlace> { Set(entries.values.compactMap { $0.router?.passwordPlace }) }

    /// The routers of this moment, with the passwords that are known.
    public func set(_ passwords: [PasswordPlace: SecretPassword] = [:]) -> RouterSet {
        var set = RouterSet(passwords: passwords)
        for (_, entry) in entries.sorted(by: { $0.key < $1.key }) {
            if let router = entry.router {
                set.routers.append(router)
                set.generations[router.objectName] = entry.generation
            }
            if let problem = entry.problem { set.unreadable.append(problem) }
        }
        return set
    }
}
