/// What is known of a group that a Service names.
enum GroupStanding: Hashable, Sendable {
    /// It can be read.
    case readable(AddressGroup)
    /// It exists, but cannot be read. What it was when it could, if it ever could.
    case unreadable(last: AddressGroup?)

    /// What the group is, or was when it could be read.
    var lastKnown: AddressGroup? {
        switch self {
        case .readable(let group): group
        case .unreadable(let last): last
        }
    }

    /// What the group is; nil where it cannot be read.
    var readable: AddressGroup? {
        switch self {
        case .readable(let group): group
        case .unreadable: nil
        }
    }
}
