/// Something that must hold after every event.
public struct Invariant {
    /// Says what does not hold, or nil; called with the laboratory and the place of the node that something happened to.
    public var violation: (Lab, Int) -> String?

    /// An invariant that `violation` checks.
    public init(_ violation: @escaping (Lab, Int) -> String?) { self.violation = violation }
}
