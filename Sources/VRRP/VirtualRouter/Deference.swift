/// Why a backup lets the active router be.
public enum Deference: Hashable, Sendable {
    /// The active router has the same priority or a higher one.
    case noWorse
    /// It has a lower one, but Preempt_Mode is off.
    case preemptionOff
    /// It has a lower one, and is let be until a moment, which may have passed.
    case preemptionHeld(until: Instant)
}
