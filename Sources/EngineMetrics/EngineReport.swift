public import ControlProtocol

/// Everything that the metrics of a node are made of.
public struct EngineReport: Sendable, Equatable {
    /// What vrrpd says of itself; nil while it does not answer.
    public var status: NodeStatus?
    /// What the program beside it knows of the cluster; nil where there is none.
    public var controlPlane: ControlPlaneReport?

    /// A report with these parts.
    public init(status: NodeStatus?, controlPlane: ControlPlaneReport? = nil) {
        self.status = status
        self.controlPlane = controlPlane
    }
}
