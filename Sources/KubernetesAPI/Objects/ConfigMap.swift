/// A ConfigMap.
public struct ConfigMap: Resource {
    /// `configmaps`.
    public static let resourceType = ResourceType(group: "", version: "v1", kind: "ConfigMap", plural: "configmaps")

    /// What all objects have.
    public var metadata: ObjectMeta
    /// The texts by their keys.
    public var data: [String: String]?

    /// A ConfigMap without texts.
    public init(metadata: ObjectMeta) { self.metadata = metadata }
}
