/// What an API server says of a request that it did not carry out (`metav1.Status`).
public struct Status: Codable, Hashable, Sendable {
    /// `Success` or `Failure`.
    public var status: String?
    /// The HTTP code.
    public var code: Int?
    /// Why, in CamelCase, such as `NotFound`, `Conflict`, `AlreadyExists`, `Expired`.
    public var reason: String?
    /// Why, for people.
    public var message: String?
    /// What it is about.
    public var details: Details?

    /// What a status is about.
    public struct Details: Codable, Hashable, Sendable {
        /// The object.
        public var name: String?
        /// The object's group.
        public var group: String?
        /// The object's kind.
        public var kind: String?
        /// Single causes: fields that others own, fields that are wrong.
        public var causes: [Cause]?
        /// After how many seconds it is worth trying again.
        public var retryAfterSeconds: Int?
    }

    /// A single cause.
    public struct Cause: Codable, Hashable, Sendable {
        /// Why, in CamelCase, such as `FieldManagerConflict`.
        public var reason: String?
        /// Why, for people.
        public var message: String?
        /// The field.
        public var field: String?
    }
}
