/// How many replicas an object wants and has: what its `scale` subresource shows.
public struct Scale: APIObject {
    /// The metadata of the object itself.
    public var metadata: ObjectMeta
    /// How many it wants.
    public var spec: Spec?
    /// How many it has.
    public var status: Status?

    /// How many replicas are wanted.
    public struct Spec: Codable, Hashable, Sendable {
        /// That many; nil for none.
        public var replicas: Int?
    }

    /// How many replicas there are.
    public struct Status: Codable, Hashable, Sendable {
        /// That many.
        public var replicas: Int?
        /// Which pods they are, as text.
        public var selector: String?
    }
}
