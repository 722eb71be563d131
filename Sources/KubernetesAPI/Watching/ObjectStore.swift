/// The objects of a collection as they were last seen, with look-ups by what an index says of them.
public struct ObjectStore<Object: APIObject>: Sendable {
    /// What an object can be found by: any number of values, such as the group that a Service asks for.
    public typealias Index = @Sendable (Object) -> [String]

    /// The objects by their names.
    public private(set) var objects: [ObjectKey: Object] = [:]
    /// What is wrong with objects that cannot be read; of those, ``objects`` has the last version that could be.
    public private(set) var unreadable: [ObjectKey: String] = [:]
    private let indexes: [String: Index]
    /// The names of the objects of which an index says a value, in order: they are read more often than they change.
    private var entries: [String: [String: [ObjectKey]]] = [:]

    /// An empty store with indexes of the given names.
    public init(indexes: [String: Index] = [:]) { self.indexes = indexes }

    /// The object of this name.
    public subscript(key: ObjectKey) -> Object? { objects[key] }

    /// The objects of which an index says `value`, in the order of their names.
    public func objects(by index: String, _ value: String) -> [Object] {
        (entries[index]?[value] ?? []).compactMap { objects[$0] }
    }

    /// All that an index says of any object.
    public func values(of index: String) -> Set<String> { Set((entries[index] ?? [:]).keys) }

    /// Something that is different now.
    public enum Change: Hashable, Sendable {
        /// The object is new.
        case added(Object)
        /// The object is another version.
        case updated(from: Object, to: Object)
        /// The object is gone.
        case deleted(Object)
        /// An object of this name is gone that could never be read.
        case forgotten(ObjectKey)
        /// The object can no longer be read, and stays what it was.
        case unreadable(UnreadableObject)

        /// The name of the object.
        public var key: ObjectKey {
            switch self {
            case .added(let object), .updated(_, let object), .deleted(let object): object.key
            case .unreadable(let object): object.key
            case .forgotten(let key): key
            }
        }
    }

    /// Takes the whole collection; what is not in it is gone.
    mutating func replaceAll(with items: [Object], unreadable problems: [UnreadableObject]) -> [Change] {
        let present = Set(items.map(\.key)).union(problems.map(\.key))
        let gone = Set(objects.keys).union(unreadable.keys).subtracting(present)
        var changes = gone.sorted().compactMap { remove($0) }
        for item in items {
            if let change = put(item) { changes.append(change) }
        }
        for problem in problems {
            if let change = note(problem) { changes.append(change) }
        }
        return changes
    }

    /// Takes a version of an object; nil where it is the one that is there.
    mutating func put(_ object: Object) -> Change? {
        let key = object.key
        unreadable[key] = nil
        guard let old = objects.updateValue(object, forKey: key) else {
            enter(object, key)
            return .added(object)
        }
        // A list after a gap, and a watch from before its end, show again what is known.
        if let version = object.metadata.resourceVersion, version == old.metadata.resourceVersion { return nil }
        leave(old, key)
        enter(object, key)
        return .updated(from: old, to: object)
    }

    mutating func remove(_ key: ObjectKey) -> Change? {
        let wasUnreadable = unreadable.removeValue(forKey: key) != nil
        guard let old = objects.removeValue(forKey: key) else { return wasUnreadable ? .forgotten(key) : nil }
        leave(old, key)
        return .deleted(old)
    }

    /// Remembers that an object cannot be read; nil where that is known.
    mutating func note(_ problem: UnreadableObject) -> Change? {
        guard unreadable.updateValue(problem.problem, forKey: problem.key) != problem.problem else { return nil }
        return .unreadable(problem)
    }

    private mutating func enter(_ object: Object, _ key: ObjectKey) {
        for (name, index) in indexes {
            for value in index(object) { entries[name, default: [:]][value, default: []].insert(key) }
        }
    }

    private mutating func leave(_ object: Object, _ key: ObjectKey) {
        for (name, index) in indexes {
            for value in index(object) {
                entries[name]?[value]?.remove(key)
                if entries[name]?[value]?.isEmpty == true { entries[name]?[value] = nil }
            }
        }
    }
}

/// A list of names in order, each once.
extension [ObjectKey] {
    fileprivate mutating func insert(_ key: ObjectKey) {
        let place = place(of: key)
        if place == endIndex || self[place] != key { insert(key, at: place) }
    }

    fileprivate mutating func remove(_ key: ObjectKey) {
        let place = place(of: key)
        if place < endIndex, self[place] == key { remove(at: place) }
    }

    /// Where the name is, or would be.
    private func place(of key: ObjectKey) -> Int {
        // Lists come in order.
        guard let last, last >= key else { return endIndex }
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
