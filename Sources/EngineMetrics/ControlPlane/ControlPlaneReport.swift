public import ControlProtocol

/// What an agent or an operator knows of the cluster.
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

    /// The identifiers of one link.
    public struct RouterIDs: Sendable, Equatable {
        /// What the identifiers belong to, such as a group or an interface.
        public var segment: String
        /// How many can still be given away.
        public var free: Int
        /// How many there are, those that are set aside not counted.
        public var usable: Int

        /// The identifiers of a segment.
        public init(segment: String, free: Int, usable: Int) {
            self.segment = segment
            self.free = free
            self.usable = usable
        }
    }

    /// The API server; nil where the program works without one.
    public var connection: Connection?
    /// The identifiers of each link, as far as the program knows of them.
    public var routerIDs: [RouterIDs]

    /// A report with these parts.
    public init(connection: Connection? = nil, routerIDs: [RouterIDs] = []) {
        self.connection = connection
        self.routerIDs = routerIDs
    }
}
