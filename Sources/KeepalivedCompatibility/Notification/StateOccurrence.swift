public import VRRP

/// Something that keepalived's users are told, in the order in which it happened.
public enum StateOccurrence: Hashable, Sendable {
    /// An instance entered a state. At the start that is `isInitial`. Where its group was in that state already, it
    /// `isShared`, and nobody but the log is told.
    case entered(instance: String, KeepalivedState, priority: Priority, isInitial: Bool, isShared: Bool)
    /// A reload has removed an instance, which is told as a fault or as what it is.
    case removed(instance: String, as: KeepalivedState, priority: Priority)
    /// The other members of a group follow one into a state.
    case following(group: String, KeepalivedState)
    /// All members of a group are in a state.
    case groupEntered(group: String, KeepalivedState)
    /// The priority of an instance has changed while it is, or is not, active.
    case priorityChanged(instance: String, from: Priority, to: Priority, isMaster: Bool)
    /// An active instance heard an advert of lower priority.
    case heardLowerPriority(instance: String, priority: Priority)
}
