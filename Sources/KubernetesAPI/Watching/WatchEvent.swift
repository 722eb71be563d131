internal import Foundation

/// What a watch says.
public enum WatchEvent<Object: APIObject>: Sendable {
    /// An object is there that was not.
    case added(Object)
    /// An object is different.
    case modified(Object)
    /// An object is gone; this is what it was.
    case deleted(Object)
    /// Nothing more has happened up to this version of the collection.
    case bookmark(resourceVersion: String)
    /// An object whose form is not what it should be was added, changed or deleted.
    case unreadable(UnreadableObject, isDeleted: Bool)
    /// The server cannot go on.
    case failed(ClientError.Refusal)
    /// An event of a kind that this program does not know.
    case unknown(String)
}

extension WatchEvent: Decodable {
    private enum Keys: String, CodingKey { case type, object }

    private struct Bookmark: Decodable {
        struct Metadata: Decodable { let resourceVersion: String }
        let metadata: Metadata
    }

    /// Reads an event from a line of the stream.
    ///
    /// - Throws: `DecodingError` where the line is no event.
    public init(line: [UInt8]) throws { self = try JSONDecoder().decode(Self.self, from: Data(line)) }

    /// Reads an event.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        let type = try container.decode(String.self, forKey: .type)
        switch type {
        case "ADDED", "MODIFIED", "DELETED":
            switch try container.decode(Attempt<Object>.self, forKey: .object) {
            case .unreadable(let object): self = .unreadable(object, isDeleted: type == "DELETED")
            case .object(let object):
                self = type == "ADDED" ? .added(object) : type == "MODIFIED" ? .modified(object) : .deleted(object)
            }
        case "BOOKMARK":
            self = .bookmark(
                resourceVersion: try container.decode(Bookmark.self, forKey: .object).metadata.resourceVersion)
        case "ERROR":
            self = .failed(ClientError.Refusal(try container.decode(Status.self, forKey: .object)))
        default: self = .unknown(type)
        }
    }
}
