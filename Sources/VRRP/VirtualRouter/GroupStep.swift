/// What a group of virtual routers that change their state together asks of a member.
///
/// The standard knows no such groups; these are the events by which an engine makes them, and they keep to its states.
public enum GroupStep: Hashable, Sendable {
    /// Become active: the group takes over. Asked of a backup.
    case takeOver
    /// Become a backup, and an interval more reluctant than others: another router is better for one member. Asked of an
    /// active router.
    case makeWay
    /// Become a backup for as long as it takes to hear who is active: a member did not run for too long. Asked of an
    /// active router.
    case listen
    /// Let the Active_Down_Timer run once more: it has run out, but not that of every member. Asked of a backup.
    case wait
}
