/// What a client may take up.
public struct StatusLimits: Sendable, Equatable {
    /// Connections at one time; a further one takes the place of one of whoever has the most, an idle one if there is any.
    public var connections = 128
    /// Pages that are kept current at one time; a further one takes the place of one of whoever has more than its share, or
    /// else is refused and comes back later.
    public var eventStreams = 32
    /// The octets of all header fields of a request together.
    public var headerOctets = 16_384
    /// The header fields of a request.
    public var headerFields = 64
    /// A connection on which no request was completed for this long is closed.
    public var idleTime: Duration = .seconds(60)
    /// A client that takes nothing of an answer for this long is cut off.
    public var stalledTime: Duration = .seconds(20)
    /// An event stream ends after this time; pages ask for another one.
    public var eventStreamTime: Duration = .seconds(900)
    /// The time between signs of life on an event stream.
    public var signOfLifeTime: Duration = .seconds(15)
    /// The shortest time between two events of a stream.
    public var eventPause: Duration = .milliseconds(200)
    /// The octets that a stream has in a second; after a long event the pause is as much longer.
    public var eventOctetsPerSecond = 1 << 20

    /// The limits for a program of a cluster.
    public init() {}
}
