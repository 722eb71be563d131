public import VRRP

/// Something that the writer of an object should know of it.
public struct Finding: Hashable, Sendable {
    /// The object that it is about.
    public var subject: Subject
    /// What it is.
    public var problem: Problem

    /// An object that a finding can be about.
    public enum Subject: Hashable, Sendable {
        case service(ObjectName)
        case group(ObjectName)
    }

    /// What the matter is, with what is needed to say it.
    public enum Problem: Hashable, Sendable {
        /// The annotation is not `namespace/name`.
        case groupNameMalformed(String)
        /// No such group exists.
        case groupMissing(ObjectName)
        /// The group exists, but cannot be read; its routers stay as they are.
        case groupUnreadable(ObjectName)
        /// The group does not admit Services of this namespace.
        case namespaceNotAdmitted(ObjectName)
        /// The Service is no LoadBalancer and has no external addresses.
        case noLoadBalancer
        /// The Service has no address yet.
        case addressPending
        /// The text is no address of either family.
        case addressMalformed(String)
        /// The address cannot be a host's: multicast, loopback, unspecified, or link-local.
        case addressUnusable(IPAddress)
        /// The address is a node's own.
        case addressOfNode(IPAddress, node: String)
        /// A node says that the address is its own; the Service had it before and keeps it.
        case addressAlsoOfNode(IPAddress, node: String)
        /// The address lies in none of the networks that the group admits.
        case addressNotAdmitted(IPAddress, group: ObjectName)
        /// Another Service holds the address.
        case addressHeld(IPAddress, by: ObjectName)
        /// The address stays with a group that cannot be read, although its Service does not ask that group for it any more.
        case addressLeft(IPAddress, in: ObjectName)
        /// Another Service wants the address, which this one holds.
        case addressWanted(IPAddress, by: ObjectName)
        /// The Service has more addresses of a family than a router can have; so many have none.
        case addressesTooMany(surplus: Int)
        /// The Service has more addresses than are looked at; so many are not.
        case addressesNotLookedAt(surplus: Int)
        /// The Service asks for more frequent adverts than its group sends, and gets those of the group.
        case intervalTooShort(AdvertisementInterval, least: AdvertisementInterval)
        /// No identifier is free for so many routers, which wait for one; the keys of the first of them.
        case routerIDPending(keys: [String], count: Int)
        /// So many routers wait, because the last identifiers are for Services that have none; the keys of the first of them.
        case routerIDsKept(keys: [String], count: Int)
        /// Few identifiers are left for new routers of the group: so many.
        case routerIDsShort(left: Int)
        /// The identifier was another group's as well, so the router has a new one. Said in the plan that changes it, and
        /// not again.
        case routerIDChanged(key: String, from: VirtualRouterID, sharedWith: ObjectName)
        /// No node takes part in the group.
        case noNode
        /// Routers of this family are asked for, and no node has an address of it for unicast adverts.
        case noNodeForFamily(AddressFamily)
        /// The node takes no part, because it has no address of this family for unicast adverts.
        case nodeWithoutAddress(String, AddressFamily)
        /// More nodes match than a router can have priorities for; so many take no part.
        case tooManyNodes(surplus: Int)
        /// Only nodes with an endpoint should hold the addresses, but the Service has no port that tells.
        case healthUnknown
        /// More is to be said than people can read: so much.
        case more(count: Int)
    }

    init(_ subject: Subject, _ problem: Problem) {
        self.subject = subject
        self.problem = problem
    }
}

extension Finding.Problem: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String {
        switch self {
        case .groupNameMalformed(let text):
            "the annotation names the group \"\(text.prefix(80))\"; it must be NAMESPACE/NAME"
        case .groupMissing(let name): "there is no KeepalivedGroup \(name)"
        case .groupUnreadable(let name):
            "KeepalivedGroup \(name) cannot be read; its routers stay as they are until it is mended"
        case .namespaceNotAdmitted(let group): "KeepalivedGroup \(group) does not admit Services of this namespace"
        case .noLoadBalancer: "the Service has neither type LoadBalancer nor externalIPs"
        case .addressPending: "the Service has no address yet"
        case .addressMalformed(let text): "\"\(text.prefix(80))\" is no IP address"
        case .addressUnusable(let address): "\(address) cannot be the address of a Service"
        case .addressOfNode(let address, let node): "\(address) is the address of node \(node)"
        case .addressAlsoOfNode(let address, let node):
            "node \(node) reports \(address) as an address of its own; the Service keeps it"
        case .addressNotAdmitted(let address, let group):
            "KeepalivedGroup \(group) admits no network that \(address) lies in"
        case .addressHeld(let address, let service): "Service \(service) holds \(address) already"
        case .addressLeft(let address, let group):
            "\(address) stays with KeepalivedGroup \(group), which cannot be read, until that is mended or deleted"
        case .addressWanted(let address, let service):
            "Service \(service) wants \(address) as well, and does not get it"
        case .addressesTooMany(let surplus):
            "\(surplus) addresses are left out, because a virtual router can have \(PlannedRouter.mostAddresses); "
                + "the annotation spreadvips gives each one of its own"
        case .addressesNotLookedAt(let surplus):
            "\(surplus) more addresses are not looked at, because a Service can have \(Wish.mostAddresses)"
        case .intervalTooShort(let interval, let least):
            "advert_int is \(interval), which is less than the \(least) of the group; the group's counts"
        case .routerIDPending(let keys, let count):
            "no virtual router identifier is free for \(Self.list(keys, of: count))"
        case .routerIDsKept(let keys, let count):
            "the last \(RouterIDAllocation.shortage) virtual router identifiers are for Services that have none, and not "
                + "for \(Self.list(keys, of: count))"
        case .routerIDsShort(let left): "only \(left) virtual router identifiers are left"
        case .routerIDChanged(let key, let old, let group):
            "\(key) has a new virtual router identifier, because KeepalivedGroup \(group) uses \(old) on the same nodes"
        case .noNode: "no node has the labels of the nodeSelector"
        case .noNodeForFamily(let family):
            "no node of the group has an \(family.name) address for unicast adverts, so that there is no "
                + "\(family.name) router"
        case .nodeWithoutAddress(let node, let family):
            "node \(node) takes no part, because it has no \(family.name) address for unicast adverts"
        case .tooManyNodes(let surplus):
            "\(surplus) nodes take no part, because a virtual router can have \(PriorityLadder.length)"
        case .healthUnknown:
            "externalTrafficPolicy is Local, but the Service has no healthCheckNodePort; any node may hold its addresses"
        case .more(let count): "\(count) more findings are not listed"
        }
    }

    /// How many of the routers that wait are named.
    private static let examples = 5

    /// That routers wait for an identifier; nothing where none does.
    ///
    /// - Parameters:
    ///   - keys: Their keys, in order.
    ///   - left: How many identifiers are left for other routers.
    static func waiting(_ keys: [String], left: Int) -> [Self] {
        guard !keys.isEmpty else { return [] }
        let named = Array(keys.prefix(examples))
        return [
            left == 0
                ? .routerIDPending(keys: named, count: keys.count) : .routerIDsKept(keys: named, count: keys.count)
        ]
    }

    private static func list(_ keys: [String], of count: Int) -> String {
        let rest = count - keys.count
        return keys.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }
}
