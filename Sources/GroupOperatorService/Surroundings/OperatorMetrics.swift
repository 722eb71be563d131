import GroupOperator
import KubernetesAPI
import Synchronization
import Telemetry

/// What the operator counts of itself.
final class OperatorMetrics: Sendable {
    private struct WriteKind: Hashable {
        var kind: String
        var verb: GroupWrite.Verb
        var isSuccess: Bool
    }

    /// A counter that is not there before the first failure hides it: an increase is counted from the zero before.
    private static let noWrites: [WriteKind: Int] = {
        let paths = GroupWrite.paths + [(KeepalivedGroup.resourceType.kind, .merge)]
        let kinds = paths.flatMap { path in
            [true, false].map { WriteKind(kind: path.kind, verb: path.verb, isSuccess: $0) }
        }
        return Dictionary(uniqueKeysWithValues: kinds.map { ($0, 0) })
    }()

    private struct Counts {
        var writes = noWrites
        var reconciles: [Bool: Int] = [:]
        var reconcileSeconds = Duration.zero
        var plans = 0
        var planSeconds = Duration.zero
        var isLeading = false
        var gauges: (@Sendable () async -> Gauges)?
    }

    /// What is true at one moment.
    struct Gauges: Sendable {
        /// The groups, in the order of their names.
        var groups: [Group] = []
        /// How many Services name a group.
        var services = 0
        /// How many nodes there are.
        var nodes = 0
        /// How many groups wait to be looked at.
        var waiting = 0

        /// A group.
        struct Group: Sendable {
            var namespace: String
            var name: String
            var virtualRouters: Int
            var availableRouterIDs: Int
            var usableRouterIDs: Int
        }
    }

    private let counts = Mutex(Counts())

    func wrote(_ kind: String, _ verb: GroupWrite.Verb, isSuccess: Bool) {
        counts.withLock { $0.writes[WriteKind(kind: kind, verb: verb, isSuccess: isSuccess), default: 0] += 1 }
    }

    func reconciled(isSuccess: Bool, in duration: Duration) {
        counts.withLock { counts in
            counts.reconciles[isSuccess, default: 0] += 1
            counts.reconcileSeconds += duration
        }
    }

    func planned(in duration: Duration) {
        counts.withLock { counts in
            counts.plans += 1
            counts.planSeconds += duration
        }
    }

    /// This process leads from now on, and this is whom to ask for what is true at a moment.
    func begin(_ gauges: @escaping @Sendable () async -> Gauges) {
        counts.withLock { counts in
            counts.isLeading = true
            counts.gauges = gauges
        }
    }

    /// This process leads no more.
    func end() {
        counts.withLock { counts in
            counts.isLeading = false
            counts.gauges = nil
        }
    }

    /// All of it, for Prometheus.
    func families() async -> [MetricFamily] {
        let counts = counts.withLock(\.self)
        let gauges = await counts.gauges?()
        return own(counts) + (gauges.map { cluster($0) } ?? [])
    }

    private func own(_ counts: Counts) -> [MetricFamily] {
        func family(_ name: String, _ help: String, _ kind: MetricKind, _ value: Double) -> MetricFamily {
            var family = MetricFamily("vrrp_operator_\(name)", help: help, kind: kind)
            family.set(value)
            return family
        }
        var reconciles = MetricFamily(
            "vrrp_operator_reconciles_total", help: "How often a group was looked at", kind: .counter)
        for isSuccess in [true, false] {
            reconciles.set(Double(counts.reconciles[isSuccess] ?? 0), labels: ["result": result(isSuccess)])
        }
        var writes = MetricFamily(
            "vrrp_operator_writes_total", help: "Requests that change an object, by its kind", kind: .counter)
        for (write, count) in counts.writes {
            writes.set(
                Double(count),
                labels: ["kind": write.kind, "verb": write.verb.rawValue, "result": result(write.isSuccess)])
        }
        return [
            reconciles, writes,
            family(
                "reconcile_seconds_total", "The time that groups were looked at for", .counter,
                counts.reconcileSeconds.seconds),
            family("plans_total", "How often was planned", .counter, Double(counts.plans)),
            family("plan_seconds_total", "The time that planning took", .counter, counts.planSeconds.seconds),
            family("leading", "Whether this process is the one that works", .gauge, counts.isLeading ? 1 : 0),
        ]
    }

    private func cluster(_ gauges: Gauges) -> [MetricFamily] {
        var routers = MetricFamily(
            "vrrp_operator_group_virtual_routers", help: "Virtual routers of a group", kind: .gauge)
        var identifiers = MetricFamily(
            "vrrp_operator_group_available_router_ids",
            help: "Virtual router identifiers that are left for more routers of a group", kind: .gauge)
        for group in gauges.groups {
            routers.set(
                Double(group.virtualRouters), labels: ["namespace": group.namespace, "group": group.name])
            identifiers.set(
                Double(group.availableRouterIDs), labels: ["namespace": group.namespace, "group": group.name])
        }
        var totals: [MetricFamily] = []
        for (name, help, value) in [
            ("services", "Services that name a group", gauges.services),
            ("nodes", "Nodes of the cluster", gauges.nodes),
            ("queue_depth", "Groups that wait to be looked at", gauges.waiting),
        ] {
            var family = MetricFamily("vrrp_operator_\(name)", help: help, kind: .gauge)
            family.set(Double(value))
            totals.append(family)
        }
        let headroom = gauges.groups.map { group in
            RouterIDHeadroom(
                segment: "\(group.namespace)/\(group.name)", free: group.availableRouterIDs,
                usable: group.usableRouterIDs)
        }
        return [routers, identifiers] + RouterIDHeadroom.families(of: headroom) + totals
    }

    private func result(_ isSuccess: Bool) -> String { isSuccess ? "success" : "failure" }
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1_000_000_000_000_000_000
    }
}
