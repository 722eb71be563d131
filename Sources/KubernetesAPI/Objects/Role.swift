/// A Role: what may be done in a namespace.
public struct Role: Resource {
    /// `roles.rbac.authorization.k8s.io`.
    public static let resourceType = ResourceType(
        group: "rbac.authorization.k8s.io", version: "v1", kind: "Role", plural: "roles")

    /// What all objects have.
    public var metadata: ObjectMeta
    /// What may be done.
    public var rules: [Rule]?

    /// A Role that allows this.
    public init(metadata: ObjectMeta, rules: [Rule]) {
        self.metadata = metadata
        self.rules = rules
    }

    /// Something that may be done.
    public struct Rule: Codable, Hashable, Sendable {
        /// In these API groups,
        public var apiGroups: [String]?
        /// with these types,
        public var resources: [String]?
        /// with objects of these names alone, where not nil,
        public var resourceNames: [String]?
        /// this.
        public var verbs: [String]

        /// These verbs on these types of one group.
        public init(apiGroup: String, resources: [String], verbs: [String]) {
            apiGroups = [apiGroup]
            self.resources = resources
            self.verbs = verbs
        }
    }
}

/// A RoleBinding: who may do what a Role says.
public struct RoleBinding: Resource {
    /// `rolebindings.rbac.authorization.k8s.io`.
    public static let resourceType = ResourceType(
        group: "rbac.authorization.k8s.io", version: "v1", kind: "RoleBinding", plural: "rolebindings")

    /// What all objects have.
    public var metadata: ObjectMeta
    /// Who.
    public var subjects: [Subject]?
    /// What.
    public var roleRef: RoleReference

    /// A binding of a Role of the same namespace to a service account.
    public init(metadata: ObjectMeta, role: String, serviceAccount: ObjectKey) {
        self.metadata = metadata
        subjects = [Subject(kind: "ServiceAccount", namespace: serviceAccount.namespace, name: serviceAccount.name)]
        roleRef = RoleReference(apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role)
    }

    /// A binding of a ClusterRole, in one namespace alone, to a service account.
    public init(metadata: ObjectMeta, clusterRole: String, serviceAccount: ObjectKey) {
        self.init(metadata: metadata, role: clusterRole, serviceAccount: serviceAccount)
        roleRef.kind = "ClusterRole"
    }

    /// Somebody who may do something.
    public struct Subject: Codable, Hashable, Sendable {
        /// `ServiceAccount`, `User` or `Group`.
        public var kind: String
        /// The namespace of a service account.
        public var namespace: String?
        /// The name.
        public var name: String
    }

    /// A Role or a ClusterRole.
    public struct RoleReference: Codable, Hashable, Sendable {
        /// Its API group.
        public var apiGroup: String
        /// Its kind.
        public var kind: String
        /// Its name.
        public var name: String
    }
}
