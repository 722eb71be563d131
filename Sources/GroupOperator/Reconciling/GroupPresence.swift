public import KubernetesAPI

/// What is there of a group.
public enum GroupPresence: Hashable, Sendable {
    /// The group.
    case present(KeepalivedGroup)
    /// A group of another form than groups have, and what is wrong with it. Nobody knows what it asks for, least of all that
    /// it asks for nothing: all that it has stays.
    case undecodable(String)
    /// Nothing, or a group that is being deleted.
    case gone

    /// - Parameters:
    ///   - object: The object as it was when it could last be decoded; nil where it never could, or is not there.
    ///   - problem: What is wrong with the object as it is now; nil where nothing is, or where there is none.
    public init(_ object: KeepalivedGroup?, problem: String?) {
        if let problem {
            self = .undecodable(problem)
        } else if let object, object.metadata.deletionTimestamp == nil {
            self = .present(object)
        } else {
            self = .gone
        }
    }
}
