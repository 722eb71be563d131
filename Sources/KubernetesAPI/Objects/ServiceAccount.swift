/// A ServiceAccount: who a pod is to the API server.
public struct ServiceAccount: Resource {
    /// `serviceaccounts`.
    public static let resourceType = ResourceType(
        group: "", version: "v1", kind: "ServiceAccount", plural: "serviceaccounts")

    /// What all objects have.
    public var metadata: ObjectMeta
    /// The Secrets of its namespace that images of its pods are pulled with.
    public var imagePullSecrets: [SecretReference]?

    /// A Secret of the same namespace.
    public struct SecretReference: Codable, Hashable, Sendable {
        /// Its name.
        public var name: String

        /// The Secret of a name.
        public init(name: String) { self.name = name }
    }

    /// An account of this name.
    public init(metadata: ObjectMeta) { self.metadata = metadata }
}
