public import Foundation

/// A Secret; its text for people does not tell what it holds.
public struct Secret: Resource {
    /// `secrets`.
    public static let resourceType = ResourceType(group: "", version: "v1", kind: "Secret", plural: "secrets")

    /// What all objects have.
    public var metadata: ObjectMeta
    /// The values by their keys.
    public var data: [String: Data]?

    /// A Secret without values.
    public init(metadata: ObjectMeta) { self.metadata = metadata }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The name alone.
    public var description: String { "Secret \(key)" }
    /// The name alone.
    public var debugDescription: String { description }
    /// Nothing, so that no dump tells the values.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
