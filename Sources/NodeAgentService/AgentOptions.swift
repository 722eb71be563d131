public import Telemetry

/// What an agent needs to know about where it runs.
public struct AgentOptions: Sendable {
    /// The name of the node, as members of routers are called.
    public var node: String
    /// The folder of `definitions.json`, on a disk that outlives the pod.
    public var stateDirectory: String
    /// The path of vrrpd's control socket.
    public var controlSocket: String
    /// Where metrics, health and the page are served; nil for nowhere.
    public var metricsAddress: ListenAddress?

    /// An agent of a node.
    ///
    /// - Parameter metricsAddress: `HOST:PORT`, `[IPv6]:PORT` or `:PORT`; nil for nowhere.
    public init(
        node: String, stateDirectory: String, controlSocket: String, metricsAddress: String?
    ) throws(ListenAddressError) {
        self.node = node
        self.stateDirectory = stateDirectory
        self.controlSocket = controlSocket
        if let metricsAddress { self.metricsAddress = try ListenAddress(metricsAddress) }
    }
}
