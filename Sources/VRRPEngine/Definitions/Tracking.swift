/// What besides the virtual router itself decides whether it may be active, and with which priority.
public struct Tracking: Equatable, Sendable {
    /// Whether the router leaves the election while its own interface is down; only a test or a very special network
    /// turns this off.
    public var ownInterface = true
    /// Whether the router leaves the election while no interface of the node has the source address of its definition.
    public var sourceAddress = false
    /// Conditions on other objects of the node.
    public var conditions: [TrackedCondition] = []

    /// Tracks the router's own interface alone.
    public init() {}
}

/// One condition that is watched, and what follows while it does not hold.
public struct TrackedCondition: Hashable, Sendable {
    /// The thing that is watched.
    public var object: TrackedObject
    /// What its state does to the router.
    public var effect: TrackingEffect

    /// Watches `object`.
    public init(_ object: TrackedObject, effect: TrackingEffect) {
        self.object = object
        self.effect = effect
    }
}

/// A thing that is either good or bad, or that has a number.
public enum TrackedObject: Hashable, Sendable {
    /// Good while the interface of this name is up and has a carrier.
    case interface(String)
    /// Good while whoever watches it says so through ``Engine/setTrackedObject(_:isGood:at:effects:)``; bad until the first
    /// word.
    case external(String)
    /// The number that whoever watches it last said through ``Engine/setTrackedNumber(_:to:at:effects:)``; 0 until the first
    /// word.
    case number(String)
}

/// What a tracked object does to a virtual router.
public enum TrackingEffect: Hashable, Sendable {
    /// Bad, and any number but 0, keeps the router out of the election.
    case fault
    /// Good, and the number 0, keeps the router out of the election.
    case reversedFault
    /// A positive weight is added while good, a negative one while bad; `-253...253`.
    ///
    /// A number is added times the weight, `-254...254`: at most 253, while -254 and what is below keeps the router out of
    /// the election. An address owner is never weighed.
    case weight(Int)
    /// As ``weight(_:)`` with the opposite sign: a positive weight is subtracted while good, a negative one raises the
    /// priority while bad.
    case reversedWeight(Int)
}
