import ClusterObjects
import KubernetesAPI
import VIPPlanning
import VRRP

/// What the status of a group says.
struct GroupStatus {
    private let situation: GroupSituation
    private let failures: [String]
    private let now: Timestamp
    private let options: GroupOptions

    init(_ situation: GroupSituation, failures: [String], at now: Timestamp) {
        self.situation = situation
        self.failures = failures
        self.now = now
        options = GroupOptions(situation.group.spec?.verbatimConfig ?? [:])
    }

    /// The status with the identifiers and what follows from the plan alone; for before anything is written.
    ///
    /// It says whose the group was, which ``Inheritance`` would otherwise read from the identifiers.
    var ledgerStatus: KeepalivedGroup.Status {
        var status = situation.group.status ?? KeepalivedGroup.Status()
        write(plan: &status)
        set(.protocolVersion, protocolVersion, in: &status)
        return status
    }

    /// The whole status.
    var status: KeepalivedGroup.Status {
        var status = situation.group.status ?? KeepalivedGroup.Status()
        write(plan: &status)
        status.observedGeneration = situation.group.metadata.generation
        for type in ConditionType.allCases { set(type, statement(type), in: &status) }
        return status
    }

    private var planned: GroupPlanning.Planned? {
        guard case .planned(let plan) = situation.plan else { return nil }
        return plan
    }

    private func write(plan status: inout KeepalivedGroup.Status) {
        guard let plan = planned else { return }
        if RouterIDLedger(status) != plan.ledger || status.routerIDs == nil { plan.ledger.write(to: &status) }
        status.virtualRouters = plan.routers.count
        status.availableRouterIDs = plan.availableRouterIDs
        status.nodes = plan.nodeCount
        status.metricsPort = situation.metricsPort
    }

    private func set(_ type: ConditionType, _ statement: Statement?, in status: inout KeepalivedGroup.Status) {
        guard let statement else { return }
        var condition = Condition(
            type.rawValue, statement.truth == .isTrue, reason: statement.reason,
            message: String(statement.message.prefix(Statement.longestMessage)),
            observedGeneration: situation.group.metadata.generation, at: now)
        if statement.truth == .isUnknown { condition.status = "Unknown" }
        status.conditions = status.conditions ?? []
        status.conditions?.set(condition)
    }

    /// What is said now; nil where what was said last stays.
    private func statement(_ type: ConditionType) -> Statement? {
        switch type {
        case .ready: ready
        case .reconcileSuccess: reconciled(is: true)
        case .reconcileError: reconciled(is: false)
        case .nodesTakePart: planned.map { Statement(nodes: $0.problems) }
        case .routerIDsAvailable: planned.map(routerIDs)
        case .routerIDsUnique: planned == nil ? nil : Statement(rivalsOf: situation.routers)
        case .servicesAccepted: planned.map { Statement(services: $0.services) }
        case .specApplied: planned == nil ? nil : specApplied
        case .verbatimConfigAccepted: planned.map { optionsAccepted($0.services) }
        case .protocolVersion: planned != nil || said(.protocolVersion) == nil ? protocolVersion : nil
        case .imageAccepted: planned == nil ? nil : situation.image.statement
        case .addressesHeld: planned == nil ? nil : addressesHeld
        case .nodePodsReady: Statement(nodePods: nodePods)
        }
    }

    /// What was said last.
    private func said(_ type: ConditionType) -> Condition? { situation.group.status?.conditions?[type.rawValue] }

    // MARK: Statements

    private var ready: Statement {
        if case .unreadable(let problems) = situation.plan {
            return Statement(.isFalse, "InvalidSpec", "\(problems); what was planned before stays in force")
        }
        let problems = planned?.problems ?? []
        if let failure = failures.first {
            return Statement(.isFalse, "ReconcileFailed", failure)
        }
        if let problem = problems.first(where: \.isMissingNode) {
            return Statement(.isFalse, problem.reason, problem.description)
        }
        if let problem = problems.first(where: \.isPendingIdentifier) {
            return Statement(.isFalse, problem.reason, problem.description)
        }
        if let rival = situation.metricsPortRival {
            return Statement(
                .isFalse, "MetricsPortTaken",
                "KeepalivedGroup \(rival) has port \(situation.metricsPort) as well, and nodes in common")
        }
        let pods = Statement(nodePods: nodePods)
        if pods.truth == .isFalse, pods.reason == Statement.podsNotReady { return pods }
        // One Service without endpoints is no fault of the group; where nobody has any address, something is.
        if !situation.routers.contains(where: \.isHeld), addressesHeld.truth == .isFalse { return addressesHeld }
        return Statement(.isTrue, "Planned")
    }

    /// Either statement of keepalived-operator's two; when one holds the other does not.
    private func reconciled(is success: Bool) -> Statement {
        let failures =
            if case .unreadable(let problems) = situation.plan { [problems.description] } else { self.failures }
        let reason = failures.isEmpty ? "LastReconcileCycleSucceded" : "LastReconcileCycleFailed"
        return Statement(
            failures.isEmpty == success ? .isTrue : .isFalse, reason, Statement.list(failures, atMost: 5))
    }

    private func routerIDs(_ plan: GroupPlanning.Planned) -> Statement {
        let pending = plan.problems.filter(\.isPendingIdentifier)
        if !pending.isEmpty {
            return Statement(.isFalse, "RoutersPending", Statement.list(pending.map(\.description), atMost: 5))
        }
        let short = plan.problems.first { if case .routerIDsShort = $0 { true } else { false } }
        return short.map { Statement(.isTrue, "FewLeft", $0.description) } ?? Statement(.isTrue, "Available")
    }

    private var specApplied: Statement {
        let fields = situation.fieldsWithoutEffect.map(\.description)
        return fields.isEmpty
            ? Statement(.isTrue, "Applied")
            : Statement(.isFalse, FieldWithoutEffect.reason, Statement.list(fields, atMost: 5))
    }

    private func optionsAccepted(_ services: [ServiceRemarks]) -> Statement {
        let own = options.refusals.map(\.description)
        let theirs = services.flatMap { service in service.refusals.map { "\(service.name): \($0)" } }
        let refusals = own + theirs
        return refusals.isEmpty
            ? Statement(.isTrue, "Applied")
            : Statement(.isFalse, "OptionsNotApplied", Statement.list(refusals, atMost: 5))
    }

    private var protocolVersion: Statement {
        switch VersionWish(situation.group.spec, options) {
        case .specified(let version): return Statement(.isTrue, VersionReason.specified, Self.sentence(version))
        case .verbatimConfig(let version):
            let reason: VersionReason =
                switch situation.inheritance {
                case .none: .verbatimConfig
                case .fromKeepalivedOperator: .inheritedVerbatimConfig
                }
            return Statement(.isTrue, reason, Self.sentence(version))
        case nil: break
        }
        switch situation.inheritance {
        case .none: return Statement(.isTrue, VersionReason.usual, Self.sentence(.v3))
        case .fromKeepalivedOperator:
            return Statement(
                .isTrue, VersionReason.inherited,
                Self.sentence(.v2) + ", because the daemons of keepalived-operator do; set spec.version: 3 "
                    + "once all nodes run the new pods")
        }
    }

    private static func sentence(_ version: ProtocolVersion) -> String {
        "IPv4 routers speak VRRP version \(version.rawValue)"
    }

    private var addressesHeld: Statement { Statement(vacanciesOf: situation.routers, at: now) }

    private var nodePods: NodePodsProgress? { situation.owned[.nodePods].flatMap(NodePodsProgress.init(of:)) }
}

extension Finding.Problem {
    /// Whether routers that are asked for have no node.
    fileprivate var isMissingNode: Bool {
        switch self {
        case .noNode, .noNodeForFamily: true
        default: false
        }
    }

    /// Whether routers wait for an identifier.
    fileprivate var isPendingIdentifier: Bool {
        switch self {
        case .routerIDPending, .routerIDsKept: true
        default: false
        }
    }
}
