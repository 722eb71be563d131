import ClusterObjects
public import ControlProtocol
public import KubernetesAPI
import VRRP
import VRRPEngine

/// What an agent makes of a virtual router for the status of its object.
///
/// The active node's agent writes the status, all agents under one name, so that each write stands for the whole. Nodes
/// whose clocks differ can only be told apart by who claims last; see ``RouterMemory``.
public struct RouterReport: Sendable {
    /// What the object said last.
    public var object: KubernetesAPI.VirtualRouter
    /// The name of the node.
    public var node: String
    /// What vrrpd says of the router; nil where it does not have it or does not answer.
    public var router: VirtualRouterStatus?
    /// When it said so, or was asked in vain, by the clock of the node.
    public var time: Timestamp
    /// Why it does not answer; nil where it does.
    public var silence: String?
    /// The generation of the object that vrrpd works by; nil where that is not known.
    public var generation: Int?
    /// What keeps the router from being what the plan wants.
    public var obstacles: [NodeDefinitions.Obstacle.Reason]
    /// Identifiers of others that the node hears, where this router is the one that tells them; nil where another one is.
    public var foreignRouterIDs: [Int]?

    /// A report on an object.
    public init(
        object: KubernetesAPI.VirtualRouter, node: String, router: VirtualRouterStatus?, time: Timestamp,
        silence: String? = nil, generation: Int? = nil, obstacles: [NodeDefinitions.Obstacle.Reason] = [],
        foreignRouterIDs: [Int]? = nil
    ) {
        self.object = object
        self.node = node
        self.router = router
        self.time = time
        self.silence = silence
        self.generation = generation
        self.obstacles = obstacles
        self.foreignRouterIDs = foreignRouterIDs
    }

    /// What is to be written.
    public enum Outcome: Hashable, Sendable {
        /// Nothing: the object says it already, or it is for another node to say.
        case nothing
        /// Nothing yet: another node has claimed the addresses later, which the next while will explain.
        case contested(by: String)
        /// This status. `isMove` says that the addresses have come to the node since the object was written.
        case write(KubernetesAPI.VirtualRouter.Status, isMove: Bool)
    }

    /// Since when the node is active; nil while it is not.
    public var activeSince: Timestamp? {
        guard let router, router.state == .active else { return nil }
        return Timestamp(microseconds: time.microseconds - router.since.rawValue / 1000)
    }

    /// Decides.
    ///
    /// - Parameter memory: what the agent remembers of the router; taken further by the caller when the write succeeds.
    public func outcome(_ memory: inout RouterMemory) -> Outcome {
        memory.observe(self)
        guard let activeSince else { return outcomeWhileNotActive(memory) }
        let old = object.status ?? KubernetesAPI.VirtualRouter.Status()
        let isMine = old.activeNode == node
        let isSameClaim =
            isMine
            ? memory.isSameClaim(as: old, since: activeSince) : old.activeNode == nil && memory.hasOnlyBeenSilent
        if !isMine, let other = old.activeNode, let since = old.activeSince,
            since.seconds > activeSince.seconds + RouterMemory.clockTolerance,
            memory.hasClaimed || !memory.contestIsOver(at: time)
        {
            return .contested(by: other)
        }
        var new = KubernetesAPI.VirtualRouter.Status()
        new.activeNode = node
        new.activeSince = (isSameClaim ? old.activeSince : nil) ?? Timestamp(seconds: activeSince.seconds)
        // The status of a router whose owner gave up names none, but still counts.
        let hadOwner = old.activeNode != nil || old.transitions != nil
        new.transitions = Self.sum(old.transitions, isSameClaim || !hadOwner ? 0 : 1)
        new.conflicts = Self.sum(old.conflicts, memory.untoldConflicts)
        new.foreignRouters = foreignRouters(old)
        new.observedGeneration = generation ?? old.observedGeneration
        new.conditions = conditions(old, memory)
        guard !says(old, the: new) else { return .nothing }
        return .write(new, isMove: !isSameClaim)
    }

    /// How long what is told of identifiers of others stays as it is while they are the same, in seconds: a third of the time
    /// that it counts.
    private static let foreignRefresh: Int64 = 300

    private func foreignRouters(
        _ old: KubernetesAPI.VirtualRouter.Status
    ) -> KubernetesAPI.VirtualRouter.ForeignRouters? {
        guard let foreignRouterIDs, !foreignRouterIDs.isEmpty else { return nil }
        if let told = old.foreignRouters, told.virtualRouterIDs == foreignRouterIDs,
            (0..<Self.foreignRefresh).contains(time.seconds - told.observed.seconds)
        {
            return told
        }
        return .init(virtualRouterIDs: foreignRouterIDs, observed: Timestamp(seconds: time.seconds))
    }

    /// A node that stops being active leaves the status to the one that follows. Where nobody follows, it says so.
    private func outcomeWhileNotActive(_ memory: RouterMemory) -> Outcome {
        guard let old = object.status, old.activeNode == node, memory.hasBeenAway(at: time) else { return .nothing }
        var new = old
        new.activeNode = nil
        new.activeSince = nil
        new.foreignRouters = nil
        new.conflicts = Self.sum(old.conflicts, memory.untoldConflicts)
        new.conditions = (old.conditions ?? []).filter { Self.ownTypes.contains($0.type) }
        let message =
            if let silence {
                "vrrpd of \(node), which had the addresses, does not answer: \(silence)"
            } else {
                "\(node) no longer holds the addresses, and no other node has said that it does"
                    + (why.map { ": \($0)" } ?? "")
            }
        new.conditions?.set(
            Condition(
                Self.ready, false, reason: "NoActiveNode", message: message, observedGeneration: generation, at: time))
        return .write(new, isMove: false)
    }

    /// A count of the object and what has come since; an object may say any number.
    private static func sum(_ count: Int?, _ new: Int) -> Int {
        let (sum, isTooMuch) = (count ?? 0).addingReportingOverflow(new)
        return isTooMuch ? .max : sum
    }

    private var why: String? {
        guard let router else { return nil }
        guard router.faults.isEmpty else { return router.faults.map(\.description).joined(separator: "; ") }
        return router.reason?.explanation
    }

    private static let ready = "Ready"
    private static let conflict = RouterCondition.conflict
    private static let degraded = RouterCondition.degraded
    private static let ownTypes: Set<String> = [ready, conflict, degraded]

    /// Whether a status tells the trouble of a node that is, or was last, the active one.
    static func tells(_ trouble: String, of node: String, _ status: KubernetesAPI.VirtualRouter.Status?) -> Bool {
        let told = status?.conditions?[degraded]
        return status?.activeNode == node
            || status?.activeNode == nil && told?.status == "True" && told?.message == trouble
    }

    private func conditions(_ old: KubernetesAPI.VirtualRouter.Status, _ memory: RouterMemory) -> [Condition] {
        var conditions = (old.conditions ?? []).filter { Self.ownTypes.contains($0.type) }
        func set(_ type: String, _ isTrue: Bool, _ reason: String, _ message: String = "") {
            conditions.set(
                Condition(type, isTrue, reason: reason, message: message, observedGeneration: generation, at: time))
        }
        if let trouble = router.flatMap(RouterTrouble.missing) {
            set(Self.ready, false, "AddressesMissing", trouble.sentence(on: node))
        } else {
            set(Self.ready, true, "Active", "\(node) holds all addresses")
        }
        if let trouble = memory.conflict(at: time) {
            let reason = trouble == .otherHostHeard ? RouterCondition.addressClaimed : RouterCondition.otherRouterHeard
            set(Self.conflict, true, reason, trouble.sentence(on: node))
        } else {
            set(Self.conflict, false, "NoOtherRouter")
        }
        if let gravest = obstacles.gravest {
            set(Self.degraded, true, gravest.name, obstacles.map(\.description).joined(separator: "; "))
        } else {
            set(Self.degraded, false, "AsPlanned")
        }
        return conditions
    }

    /// Whether a status says the same; the conditions of others, and the order of all, do not count.
    private func says(_ old: KubernetesAPI.VirtualRouter.Status, the new: KubernetesAPI.VirtualRouter.Status) -> Bool {
        func sorted(_ status: KubernetesAPI.VirtualRouter.Status) -> KubernetesAPI.VirtualRouter.Status {
            var status = status
            status.conditions = (status.conditions ?? []).filter { Self.ownTypes.contains($0.type) }
                .sorted { $0.type < $1.type }
            // Written to the second.
            for index in status.conditions?.indices ?? 0..<0 {
                let seconds = status.conditions?[index].lastTransitionTime.seconds ?? 0
                status.conditions?[index].lastTransitionTime = Timestamp(seconds: seconds)
            }
            return status
        }
        return sorted(old) == sorted(new)
    }
}
