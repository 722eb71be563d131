/// What a client of the control socket gets for a request.
public struct ClientAnswer: Sendable {
    /// The octets to send, line ends included.
    public var octets: [UInt8]
    /// Whether the client is to get what ``Host/broadcast(_:)`` sends from now on.
    public var startsWatching: Bool

    /// An answer.
    public init(_ octets: [UInt8], startsWatching: Bool = false) {
        self.octets = octets
        self.startsWatching = startsWatching
    }
}
