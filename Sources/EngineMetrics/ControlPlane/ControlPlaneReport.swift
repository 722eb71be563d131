public import ControlProtocol

/// What an agent knows of the cluster.
public struct ControlPlaneReport: Sendable, Equatable {
    /// Whether the API server is there.
    public struct Connection: Sendable, Equatable {
        /// Whether the last word from it is recent.
        public var isUp: Bool
        /// When it last said anything; nil before the first time.
        public var lastContact: WallTime?

        /// A connection in this state.
        public init(isUp: Bool, lastContact: WallTime?) {
            self.isUp = isUp
            self.lastContact = lastContact
        }
    }

    /// The API server; nil where the program works without one.
    public var connection: Connection?

    /// A report with these parts.
    public init(connection: Connection? = nil) { self.connection = connection }
}
