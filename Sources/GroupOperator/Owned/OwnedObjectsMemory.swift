public import KubernetesAPI
internal import Synchronization
public import VIPPlanning

/// The objects of groups as they were wanted last: to make them anew is a third of the work of a look at a group, and they are
/// seldom other ones.
public final class OwnedObjectsMemory: Sendable {
    private struct Entry {
        let wish: OwnedObjects
        let objects: [OwnedKind: DynamicObject]
    }

    private let entries = Mutex<[ObjectName: Entry]>([:])

    /// Nothing was wanted yet.
    public init() {}

    /// What ``OwnedObjects/all()`` says of the objects of a group.
    public func objects(_ wish: OwnedObjects, of group: ObjectName) throws -> [OwnedKind: DynamicObject] {
        if let entry = entries.withLock({ $0[group] }), entry.wish == wish { return entry.objects }
        let objects = try wish.all()
        entries.withLock { $0[group] = Entry(wish: wish, objects: objects) }
        return objects
    }

    /// A group is gone.
    public func forget(_ group: ObjectName) { entries.withLock { $0[group] = nil } }
}
