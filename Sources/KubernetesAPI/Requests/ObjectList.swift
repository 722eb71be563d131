internal import Foundation

/// One page of a collection.
public struct ObjectList<Object: APIObject>: Decodable, Sendable {
    /// The objects.
    public var items: [Object]
    /// Objects of another form than they should have; they take nothing from the others.
    public var unreadable: [UnreadableObject]
    /// The version of the collection that the page shows.
    public var resourceVersion: String?
    /// Where the next page goes on; nil at the end.
    public var continueToken: String?

    private enum Keys: String, CodingKey { case metadata, items }

    private struct Metadata: Decodable {
        var resourceVersion: String?
        var `continue`: String?
    }

    /// Reads a page.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        let metadata = try container.decode(Metadata.self, forKey: .metadata)
        resourceVersion = metadata.resourceVersion
        continueToken = metadata.continue.flatMap { $0.isEmpty ? nil : $0 }
        items = []
        unreadable = []
        // `items: null` is what an empty list of Go is written as.
        guard try !container.decodeNil(forKey: .items) else { return }
        var list = try container.nestedUnkeyedContainer(forKey: .items)
        items.reserveCapacity(list.count ?? 0)
        while !list.isAtEnd {
            switch try list.decode(Attempt<Object>.self) {
            case .object(let object): items.append(object)
            case .unreadable(let object): unreadable.append(object)
            }
        }
    }
}

/// An object of another form than it should have.
public struct UnreadableObject: Error, Hashable, Sendable, CustomStringConvertible {
    /// Its metadata, as far as they can be read.
    public var metadata: ObjectMeta
    /// What is wrong.
    public var problem: String

    /// The name with what is wrong.
    public var description: String { "\(key) cannot be read: \(problem)" }

    /// Namespace and name.
    public var key: ObjectKey { ObjectKey(metadata.namespace, metadata.name) }
}

/// Reads an object, or at least its name.
enum Attempt<Object: APIObject>: Decodable {
    case object(Object)
    case unreadable(UnreadableObject)

    private enum Keys: String, CodingKey { case metadata }

    init(from decoder: any Decoder) throws {
        do {
            self = .object(try Object(from: decoder))
        } catch {
            let container = try? decoder.container(keyedBy: Keys.self)
            let metadata = try? container?.decode(ObjectMeta.self, forKey: .metadata)
            self = .unreadable(
                UnreadableObject(metadata: metadata ?? ObjectMeta(), problem: ClientError.sentence(of: error)))
        }
    }
}
