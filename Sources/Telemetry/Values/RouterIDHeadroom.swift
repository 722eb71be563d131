/// How many router identifiers a group of virtual routers has left, for whoever gives them away: the operator of a cluster, or
/// the agent of a host with a folder of manifests.
public struct RouterIDHeadroom: Hashable, Sendable {
    /// The group, as `namespace/name`.
    public var segment: String
    /// How many can still be given away.
    public var free: Int
    /// How many there are, those that are set aside not counted.
    public var usable: Int

    /// The headroom of a group.
    public init(segment: String, free: Int, usable: Int) {
        self.segment = segment
        self.free = free
        self.usable = usable
    }

    /// The families of all groups, under the names that the rules in deploy/observability go by.
    public static func families(of groups: [Self]) -> [MetricFamily] {
        var free = MetricFamily(
            "vrrp_router_ids_free", help: "Router IDs that can still be given away", kind: .gauge)
        var usable = MetricFamily(
            "vrrp_router_ids_usable", help: "Router IDs that there are, those that are set aside not counted",
            kind: .gauge)
        for group in groups {
            let labels: MetricLabels = ["segment": group.segment]
            free.set(Double(group.free), labels: labels)
            usable.set(Double(group.usable), labels: labels)
        }
        return [free, usable]
    }
}
