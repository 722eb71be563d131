/// A ServiceAccount: who a pod is to the API server.
public struct ServiceAccount: Resource {
    /// `serviceaccounts`.
    public static let resourceType = ResourceType(
        group: "", version: "v1", kind: "ServiceAccount", plural: "serviceaccounts")

    /// What all objects have.
    public var metadata: ObjectMeta

    /// An account of this name.
    public init(metadata: ObjectMeta) { self.metadata = metadata }
}
