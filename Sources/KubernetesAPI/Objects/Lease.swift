/// A Lease: who of several candidates does the work.
public struct Lease: Resource {
    /// `leases.coordination.k8s.io`.
    public static let resourceType = ResourceType(
        group: "coordination.k8s.io", version: "v1", kind: "Lease", plural: "leases")

    /// What all objects have.
    public var metadata: ObjectMeta
    /// Who holds it, and until when.
    public var spec: Spec?

    /// A Lease that nobody holds.
    public init(metadata: ObjectMeta) { self.metadata = metadata }

    /// Who holds a Lease, and until when; the fields of client-go's `LeaderElectionRecord`.
    public struct Spec: Codable, Hashable, Sendable {
        /// Who holds it; empty or nil where it was given back.
        public var holderIdentity: String?
        /// How long others wait after they have seen it renewed, in seconds.
        public var leaseDurationSeconds: Int?
        /// When the holder took it.
        public var acquireTime: MicroTime?
        /// When the holder last renewed it, by the holder's clock.
        public var renewTime: MicroTime?
        /// How often it went from one holder to another.
        public var leaseTransitions: Int?

        /// Held by nobody.
        public init() {}
    }
}
