public import JSONDocument
import VRRP

/// What came of a request to drain a node, or to end that.
public struct DrainOutcome: Sendable, Equatable {
    /// Whether the node is drained now.
    public var isDrained: Bool
    /// The virtual routers that are active here, or whose addresses are still here, at this moment.
    public var holding: [String]

    /// An outcome.
    public init(isDrained: Bool, holding: [String]) {
        self.isDrained = isDrained
        self.holding = holding
    }
}

extension DrainOutcome: ControlValue {
    /// `{"drained": true, "holding": ["VI_1"]}`.
    public var json: JSONValue {
        ["drained": .bool(isDrained), "holding": .array(holding.map(JSONValue.string))]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        isDrained = try reader.member("drained").bool()
        holding = try reader.member("holding").elements { (name) throws(JSONFieldError) in try name.string() }
    }
}

extension NodeStatus {
    /// The names of the virtual routers that are active here, or whose addresses are still here.
    public var holdingRouters: [String] {
        virtualRouters.filter { $0.state == .active || $0.handOver != nil }.map(\.name)
    }
}
