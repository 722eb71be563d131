public import JSONDocument

/// What came of a request to drain a node, or to end that.
public struct DrainOutcome: Sendable, Equatable {
    /// Whether the node is drained now.
    public var isDrained: Bool
    /// The virtual routers that are active here, or whose addresses are still here, at this moment.
    public var holding: [String]
    /// Those of them that stay also on a drained node, because one of their addresses, or of their sync group's, is the node's
    /// own.
    public var keeping: [String]

    /// An outcome.
    public init(isDrained: Bool, holding: [String], keeping: [String] = []) {
        self.isDrained = isDrained
        self.holding = holding
        self.keeping = keeping
    }

    /// Whether everything has left that can.
    public var isOver: Bool { Set(holding).isSubset(of: keeping) }
}

extension DrainOutcome: ControlValue {
    /// `{"drained": true, "holding": ["VI_1"], "keeping": []}`.
    public var json: JSONValue {
        [
            "drained": .bool(isDrained), "holding": .array(holding.map(JSONValue.string)),
            "keeping": .array(keeping.map(JSONValue.string)),
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        isDrained = try reader.member("drained").bool()
        holding = try reader.member("holding").elements { (name) throws(JSONFieldError) in try name.string() }
        keeping =
            try reader.optionalMember("keeping")?.elements { (name) throws(JSONFieldError) in try name.string() } ?? []
    }
}
