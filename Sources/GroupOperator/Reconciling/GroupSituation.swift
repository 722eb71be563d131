public import ClusterObjects
public import KubernetesAPI
public import VIPPlanning

/// Everything that a decision on a group follows from.
public struct GroupSituation: Sendable {
    /// The group, as the server has it by all that is known.
    public var group: KeepalivedGroup
    /// Whose the group was before.
    public var inheritance: Inheritance
    /// What is planned for it.
    public var plan: GroupPlanning
    /// The port of its nodes that metrics are served on.
    public var metricsPort: Int
    /// Another group whose writer wants the same port on the same nodes; nil where there is none.
    public var metricsPortRival: String?
    /// The virtual routers that bear the label of the group, as the server has them by all that is known.
    public var routers: [VirtualRouter] = []
    /// Virtual routers of the group of which it is to be said that the cluster does not hear of their active nodes, by name.
    public var silentOwners: [String: NodeSilence] = [:]
    /// The virtual routers of any group that have an address, as the server has them by all that is known.
    public var routersWithAddress: @Sendable (String) -> [VirtualRouter] = { _ in [] }
    /// The other objects of the group that are there.
    public var owned: [OwnedKind: DynamicObject] = [:]
    /// The other objects as they are wanted.
    public var wantedObjects: @Sendable (OwnedObjects) throws -> [OwnedKind: DynamicObject] = { try $0.all() }
    /// What the operator was told when it started.
    public var settings: OperatorSettings
    /// What the cluster has.
    public var features = ClusterFeatures()

    /// The situation of a group of which nothing is there yet.
    public init(
        _ group: KeepalivedGroup, inheritance: Inheritance, plan: GroupPlanning, metricsPort: Int,
        settings: OperatorSettings
    ) {
        self.group = group
        self.inheritance = inheritance
        self.plan = plan
        self.metricsPort = metricsPort
        self.settings = settings
    }

    /// What the group asks for in vain.
    var fieldsWithoutEffect: [FieldWithoutEffect] {
        // The operator reads no Secret; the nodes do, and say the same of all routers.
        let password = routers.lazy.compactMap(\.cutPassword).first.map { FieldWithoutEffect.password($0) }
        return FieldWithoutEffect.all(of: group, inheritance) + [password].compactMap(\.self)
    }

    /// The image of the group's pods.
    var image: NodeImage { NodeImage(of: group, inheritance) }
}

/// What is planned for a group.
public enum GroupPlanning: Hashable, Sendable {
    /// The group can be read.
    case planned(Planned)
    /// It cannot, for these reasons; everything stays as it is.
    case unreadable(FieldProblems)

    /// A plan.
    public struct Planned: Hashable, Sendable {
        /// The routers.
        public var routers: [PlannedRouter]
        /// The identifiers, kept before any router is written.
        public var ledger: RouterIDLedger
        /// How many identifiers are left.
        public var availableRouterIDs: Int
        /// How many nodes take part.
        public var nodeCount: Int
        /// What people should know of the group.
        public var problems: [Finding.Problem]
        /// The Services that name the group and that something is to be said of, in the order of their names.
        public var services: [ServiceRemarks]

        /// A plan of all that.
        public init(
            routers: [PlannedRouter] = [], ledger: RouterIDLedger = RouterIDLedger(), availableRouterIDs: Int = 255,
            nodeCount: Int = 0, problems: [Finding.Problem] = [], services: [ServiceRemarks] = []
        ) {
            self.routers = routers
            self.ledger = ledger
            self.availableRouterIDs = availableRouterIDs
            self.nodeCount = nodeCount
            self.problems = problems
            self.services = services
        }
    }
}

/// What is to be said of a Service.
public struct ServiceRemarks: Hashable, Sendable {
    /// Its name.
    public var name: ObjectName
    /// What the plan has found.
    public var problems: [Finding.Problem]
    /// Options of its annotation that are not applied.
    public var refusals: [OptionRefusal]

    /// What is to be said of a Service.
    public init(_ name: ObjectName, problems: [Finding.Problem] = [], refusals: [OptionRefusal] = []) {
        self.name = name
        self.problems = problems
        self.refusals = refusals
    }

    /// All of it.
    public var remarks: [Remark] { problems.map { Remark($0) } + refusals.map { Remark($0) } }
}
