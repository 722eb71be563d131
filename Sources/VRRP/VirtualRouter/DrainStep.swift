/// What a virtual router does that is to leave its part to others, and does not leave the election.
///
/// The standard knows only routers that end; these are the events by which an engine empties a node, and they keep to its
/// states.
public enum DrainStep: Hashable, Sendable {
    /// Give up with priority 0 and become a backup that listens. Asked of an active router.
    case cede
    /// Become active again: nobody has taken over. Asked of a backup.
    case reclaim
}
