/// The state of the network between the nodes of a laboratory.
public struct SimulatedNetwork: Sendable {
    /// How links treat frames where nothing else is said.
    public var conditions = LinkConditions()
    /// How the link from one station to another treats frames.
    public var conditionsByDirection: [Direction: LinkConditions] = [:]
    /// The directions in which nothing gets through.
    public var blocked: Set<Direction> = []
    /// The segments that carry no adverts, although every interface on them has a carrier.
    public var silentSegments: Set<String> = []

    /// A network without faults.
    public init() {}

    /// From one station to another, by name.
    public struct Direction: Hashable, Sendable {
        /// The sender.
        public var source: String
        /// The receiver.
        public var destination: String

        /// From `source` to `destination`.
        public init(from source: String, to destination: String) {
            self.source = source
            self.destination = destination
        }
    }
}
