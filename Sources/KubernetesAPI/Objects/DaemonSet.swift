/// A DaemonSet: a pod on each of some nodes.
public struct DaemonSet: Resource {
    /// `daemonsets.apps`.
    public static let resourceType = ResourceType(
        group: "apps", version: "v1", kind: "DaemonSet", plural: "daemonsets")

    /// What all objects have.
    public var metadata: ObjectMeta
    /// What is wanted.
    public var spec: Spec

    /// A set that wants this.
    public init(metadata: ObjectMeta, spec: Spec) {
        self.metadata = metadata
        self.spec = spec
    }

    /// What is wanted of a set.
    public struct Spec: Codable, Hashable, Sendable {
        /// Which pods are its own.
        public var selector: LabelSelector
        /// What they are like.
        public var template: PodTemplate
        /// How they are replaced.
        public var updateStrategy: UpdateStrategy?

        /// Pods of this template.
        public init(selector: LabelSelector, template: PodTemplate) {
            self.selector = selector
            self.template = template
        }
    }

    /// How pods are replaced.
    public struct UpdateStrategy: Codable, Hashable, Sendable {
        /// `RollingUpdate` or `OnDelete`.
        public var type: String?
        /// How fast.
        public var rollingUpdate: RollingUpdate?

        /// The default.
        public init() {}
    }

    /// How fast pods are replaced.
    public struct RollingUpdate: Codable, Hashable, Sendable {
        /// How many may be missing at a time.
        public var maxUnavailable: IntOrString?
        /// How many may be there twice at a time.
        public var maxSurge: IntOrString?

        /// The default.
        public init() {}
    }
}
