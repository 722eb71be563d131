/// What a client of the control socket gets for a request.
public struct ClientAnswer: Sendable {
    /// The octets to send, line ends included; nil where they follow with ``Host/answer(_:with:)``.
    public var octets: [UInt8]?
    /// Whether the client is to get what ``Host/broadcast(_:)`` sends from now on, behind the answer.
    public var startsWatching: Bool
    /// How many broadcasts that have not been sent yet are older than the answer: a client that starts to watch does not get
    /// them, since their news is in the answer.
    var olderBroadcasts = 0

    /// An answer at once.
    public init(_ octets: [UInt8], startsWatching: Bool = false) {
        self.octets = octets
        self.startsWatching = startsWatching
    }

    private init() {
        octets = nil
        startsWatching = false
    }

    /// The answer follows with ``Host/answer(_:with:)``; no other request of the client is looked at until then.
    public static let later = ClientAnswer()
}

/// A connection to the control socket; never used again for another one.
public struct ControlConnection: Hashable, Sendable {
    /// The place of the client.
    let slot: UInt32
    /// The how-manieth client it is that has the place.
    let ordinal: UInt64
}
