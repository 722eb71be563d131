/// Which objects are meant, by their labels, as objects write it.
public struct LabelSelector: Codable, Hashable, Sendable {
    /// Labels that an object must have.
    public var matchLabels: [String: String]?
    /// What else must hold.
    public var matchExpressions: [Requirement]?

    /// A selector of the objects that have these labels.
    public init(matchLabels: [String: String]? = nil) { self.matchLabels = matchLabels }

    /// What must hold of one label.
    public struct Requirement: Codable, Hashable, Sendable {
        /// The label.
        public var key: String
        /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
        public var `operator`: String
        /// The values that the operator speaks of.
        public var values: [String]?
    }
}
