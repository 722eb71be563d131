/// What the pods of a set are like.
public struct PodTemplate: Codable, Hashable, Sendable {
    /// Their labels and annotations.
    public var metadata: ObjectMeta?
    /// What they run.
    public var spec: PodSpec

    /// Pods that run this.
    public init(metadata: ObjectMeta, spec: PodSpec) {
        self.metadata = metadata
        self.spec = spec
    }
}

/// What a pod runs, and how; the fields have the meaning of the pod's of the same name.
public struct PodSpec: Codable, Hashable, Sendable {
    /// What runs first, one after the other.
    public var initContainers: [Container]?
    /// What runs.
    public var containers: [Container]
    /// What the containers may mount.
    public var volumes: [Volume]?
    /// The labels of the nodes that it may run on.
    public var nodeSelector: [String: String]?
    /// The taints that it bears.
    public var tolerations: [Toleration]?
    /// How much it matters.
    public var priorityClassName: String?
    /// The service account that it speaks as.
    public var serviceAccountName: String?
    /// Whether it gets that account's token.
    public var automountServiceAccountToken: Bool?
    /// Whether it learns of Services by variables.
    public var enableServiceLinks: Bool?
    /// Whether it is in the network of the node itself.
    public var hostNetwork: Bool?
    /// How it finds names.
    public var dnsPolicy: String?
    /// Whether its containers see each other's processes.
    public var shareProcessNamespace: Bool?
    /// How long it may take to end, in seconds.
    public var terminationGracePeriodSeconds: Int?
    /// The rights of all its containers.
    public var securityContext: PodSecurityContext?

    /// A pod that runs these containers.
    public init(containers: [Container]) { self.containers = containers }
}

/// The rights of all containers of a pod.
public struct PodSecurityContext: Codable, Hashable, Sendable {
    /// Whether root is refused.
    public var runAsNonRoot: Bool?
    /// The user.
    public var runAsUser: Int?
    /// The group that owns its volumes.
    public var fsGroup: Int?
    /// Which system calls are allowed.
    public var seccompProfile: SeccompProfile?
    /// The labels of SELinux.
    public var seLinuxOptions: SELinuxOptions?

    /// The default.
    public init() {}
}

/// The labels that a pod's processes have where SELinux is in force.
public struct SELinuxOptions: Codable, Hashable, Sendable {
    /// The type, such as `spc_t`.
    public var type: String?

    /// The labels of this type.
    public init(type: String) { self.type = type }
}

/// Which system calls are allowed.
public struct SeccompProfile: Codable, Hashable, Sendable {
    /// `RuntimeDefault`, `Unconfined` or `Localhost`.
    public var type: String

    /// A profile of this type.
    public init(type: String) { self.type = type }
}

/// A taint, or all taints, that a pod bears.
public struct Toleration: Codable, Hashable, Sendable {
    /// The taint; nil for all.
    public var key: String?
    /// `Exists` or `Equal`.
    public var `operator`: String?
    /// The value of the taint, with `Equal`.
    public var value: String?
    /// The effect of the taint; nil for all.
    public var effect: String?

    /// Bears taints of this name, whatever their value; nil for all taints.
    public init(existing key: String? = nil, effect: String? = nil) {
        self.key = key
        self.operator = "Exists"
        self.effect = effect
    }
}

/// Something that containers may mount; one of its sources is set.
public struct Volume: Codable, Hashable, Sendable {
    /// Its name in the pod.
    public var name: String
    /// A path of the node.
    public var hostPath: HostPath?
    /// An empty folder of the pod's own.
    public var emptyDir: EmptyDir?
    /// The files of a ConfigMap.
    public var configMap: ConfigMapSource?
    /// The files of a Secret.
    public var secret: SecretSource?

    /// A path of the node.
    public struct HostPath: Codable, Hashable, Sendable {
        /// The path.
        public var path: String
        /// What must be there, such as `DirectoryOrCreate`.
        public var type: String?

        /// A path of the node.
        public init(path: String, type: String? = nil) {
            self.path = path
            self.type = type
        }
    }

    /// An empty folder.
    public struct EmptyDir: Codable, Hashable, Sendable {
        /// `Memory`, or nil for the node's disk.
        public var medium: String?
        /// How much it may hold, such as `16Mi`.
        public var sizeLimit: String?

        /// A folder on the node's disk.
        public init(medium: String? = nil, sizeLimit: String? = nil) {
            self.medium = medium
            self.sizeLimit = sizeLimit
        }
    }

    /// The files of a ConfigMap.
    public struct ConfigMapSource: Codable, Hashable, Sendable {
        /// Its name.
        public var name: String

        /// The ConfigMap of this name.
        public init(name: String) { self.name = name }
    }

    /// The files of a Secret.
    public struct SecretSource: Codable, Hashable, Sendable {
        /// Its name.
        public var secretName: String

        /// The Secret of this name.
        public init(secretName: String) { self.secretName = secretName }
    }

    /// A volume without a source.
    public init(name: String) { self.name = name }
}
