/// How long things take on this node, counted over all of its virtual routers.
public struct EngineLatencies: Sendable, Equatable {
    /// From one advert of the active router to the next, as a backup heard them.
    public var advertisementInterArrival = LatencyHistogram()
    /// From when the earliest protocol timer was due until the engine came to it.
    public var lateness = LatencyHistogram()
    /// From the last advert of a router that went silent, or gave up, until this node was active in its place.
    public var takeOver = LatencyHistogram()
    /// From when a router became active until its first address was announced.
    public var announcement = LatencyHistogram()

    /// Nothing was counted yet.
    public init() {}
}
