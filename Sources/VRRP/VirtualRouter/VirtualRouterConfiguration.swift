/// The parameters of one virtual router that its state machine depends on (RFC 9568, section 6.1).
public struct VirtualRouterConfiguration: Equatable, Sendable {
    /// The version spoken, which decides how skew and learned intervals work.
    public var version: ProtocolVersion
    /// The priority in force, tracking included.
    public var priority: Priority
    /// The router's own Advertisement_Interval.
    public var advertisementInterval: AdvertisementInterval
    /// Preempt_Mode.
    public var preempts: Bool
    /// How long after the first advert of a lower-priority router preemption waits (RFC 8347, `hold-time`).
    public var preemptionHoldTime: Nanoseconds
    /// Whether an active router answers a losing advert at once (RFC 9568) or keeps to its schedule (RFC 5798).
    public var answersLowerPriority: Bool
    /// Whether an active router sends one more advert before it yields to a better one. The standard is silent then; but a
    /// winner that never hears the loser does not know that neighbours may have learned the loser's address.
    public var advertisesBeforeYielding: Bool
    /// Whether two address owners settle by address (erratum 8298) or ignore each other.
    public var ownersSettleByAddress: Bool
    /// The longest interval that is learned; nil learns any.
    public var longestLearnedInterval: AdvertisementInterval?
    /// How many adverts may be missed before a backup takes over; the standard has three.
    public var downTimerAdverts = standardDownTimerAdverts

    /// The number of the standard (RFC 9568, section 6.1, Active_Down_Interval).
    public static let standardDownTimerAdverts: UInt8 = 3

    /// The defaults of RFC 9568.
    public init(
        version: ProtocolVersion = .v3, priority: Priority = .default,
        advertisementInterval: AdvertisementInterval = .default, preempts: Bool = true,
        preemptionHoldTime: Nanoseconds = .zero, answersLowerPriority: Bool = true,
        advertisesBeforeYielding: Bool = false,
        ownersSettleByAddress: Bool = true, longestLearnedInterval: AdvertisementInterval? = nil
    ) {
        self.version = version
        self.priority = priority
        self.advertisementInterval = advertisementInterval
        self.preempts = preempts
        self.preemptionHoldTime = preemptionHoldTime
        self.answersLowerPriority = answersLowerPriority
        self.advertisesBeforeYielding = advertisesBeforeYielding
        self.ownersSettleByAddress = ownersSettleByAddress
        self.longestLearnedInterval = longestLearnedInterval
    }

    /// Skew_Time: less for a higher priority, so that the best backup is the first to take over.
    ///
    /// VRRPv3: `(256 - Priority) * Active_Adver_Interval / 256` (RFC 9568, section 6.1). VRRPv2:
    /// `(256 - Priority) / 256` seconds whatever the interval (RFC 3768, section 6.1).
    public func skewTime(activeAdvertisementInterval interval: AdvertisementInterval) -> Nanoseconds {
        let base: Nanoseconds =
            switch version {
            case .v2: .seconds(1)
            case .v3: interval.duration
            }
        return base * (256 - Int64(priority.rawValue)) / 256
    }

    /// Active_Down_Interval: three intervals, or as many as there are, and the skew time.
    public func activeDownInterval(activeAdvertisementInterval interval: AdvertisementInterval) -> Nanoseconds {
        interval.duration * Int64(downTimerAdverts) + skewTime(activeAdvertisementInterval: interval)
    }
}
