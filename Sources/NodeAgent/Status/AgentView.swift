public import ControlProtocol
public import VIPPlanning

/// What an agent knows of its node's part in virtual routers at one moment.
public struct AgentView: Sendable {
    /// The name of the node.
    public var node: String
    /// What vrrpd says; nil while it does not answer.
    public var status: NodeStatus?
    /// Why it does not answer; nil while it does, and before it was asked.
    public var problem: String?
    /// The routers of the node by the names of their definitions.
    public var routers: [String: PlannedRouter]
    /// What keeps routers from being what the plan wants.
    public var obstacles: [NodeDefinitions.Obstacle]
    /// The generations of the objects that vrrpd works by, by the objects' names.
    public var generations: [String: Int]

    /// A view of this.
    public init(
        node: String, status: NodeStatus?, problem: String? = nil, routers: [String: PlannedRouter],
        obstacles: [NodeDefinitions.Obstacle] = [], generations: [String: Int] = [:]
    ) {
        self.node = node
        self.status = status
        self.problem = problem
        self.routers = routers
        self.obstacles = obstacles
        self.generations = generations
    }
}
