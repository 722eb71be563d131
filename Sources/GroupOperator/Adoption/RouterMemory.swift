import ClusterObjects
public import KubernetesAPI
public import VIPPlanning
public import VRRP

/// What the objects of virtual routers remember of the plans that they come from.
public struct RouterMemory: Sendable {
    /// Who has each address.
    public private(set) var holders: [IPAddress: AddressHolder] = [:]
    /// The node with the best claim to each router, by group and the name of the router's object.
    public private(set) var preferredNodes: [ObjectName: [String: String]] = [:]
    private var identifiers: [ObjectName: [String: VirtualRouterID]] = [:]

    /// What these objects remember; those that cannot be read remember nothing.
    public init(_ objects: [KubernetesAPI.VirtualRouter]) {
        for object in objects.sorted(by: { $0.key < $1.key }) where object.metadata.isOfGroup {
            guard let router = try? PlannedRouter(object) else { continue }
            for address in router.addresses where holders[address] == nil {
                holders[address] = AddressHolder(router.service, by: router.group)
            }
            preferredNodes[router.group, default: [:]][router.objectName] = router.members.first?.node
            identifiers[router.group, default: [:]][router.key] = router.routerID
        }
    }

    /// The identifiers of a group: those that its status has kept, and those of objects that it has forgotten.
    ///
    /// The nodes go on with the objects, so that a status that was lost, as after a restore from a backup, must not lead to
    /// other identifiers.
    public func ledger(of group: ObjectName, status: KeepalivedGroup.Status?) -> RouterIDLedger {
        var ledger = RouterIDLedger(status)
        var used = Set(ledger.assignments.values)
        for (key, identifier) in (identifiers[group] ?? [:]).sorted(by: { $0.key < $1.key })
        where ledger.assignments[key] == nil && used.insert(identifier).inserted {
            ledger.assignments[key] = identifier
            ledger.quarantine[identifier] = nil
        }
        return ledger
    }

    /// What a group that is gone has left in the objects of its routers: it was deleted while no operator looked.
    ///
    /// - Parameters:
    ///   - objects: The routers of the group.
    ///   - now: The time, in seconds since 1970.
    public static func departedGroups(leaving objects: [KubernetesAPI.VirtualRouter], now: Int64) -> [DepartedGroup] {
        let routers = objects.compactMap { try? PlannedRouter($0) }
        let end = now + RouterIDLedger.quarantineSeconds
        return Dictionary(grouping: routers, by: \.interface).map { interface, routers in
            DepartedGroup(
                interface: interface, nodes: Set(routers.flatMap { $0.members.map(\.node) }),
                quarantine: routers.reduce(into: [:]) { $0[$1.routerID] = end })
        }
    }
}
