import VRRP

/// The virtual routers that have the same interface, family and identifier, which adverts must tell apart
/// (``VirtualRouterDefinition/isToldApart(from:)``).
///
/// To find one that they do not costs as much for the thousandth router as for the second; only its own peers count.
public struct IdentifierSharers: Sendable {
    /// What unicast adverts of a router come with: where they are sent from, where that is known, and to.
    private struct Route: Hashable {
        var source: IPAddress?
        var peer: IPAddress
    }

    private var count = 0
    private var withVirtualMAC: Int?
    private var groups: [IPAddress: Int] = [:]
    private var routes: [Route: Int] = [:]
    /// The peers of all routers, whatever their sources are.
    private var peers: [IPAddress: Int] = [:]

    /// Nobody has the identifier yet.
    public init() {}

    /// Takes a virtual router in, unless there is one already that adverts do not tell from it.
    ///
    /// - Returns: the number of the first such router, counted from 0 in the order in which they were taken in; nil where
    ///   there is none.
    public mutating func conflict(admitting router: VirtualRouterDefinition) -> Int? {
        if let other = conflict(of: router) { return other }
        if router.virtualMAC != nil { withVirtualMAC = count }
        switch router.transport {
        case .multicast(let group): groups[group] = count
        case .unicast(let list):
            for peer in list where peer.address != router.sourceAddress {
                routes[Route(source: router.sourceAddress, peer: peer.address)] = count
                if peers[peer.address] == nil { peers[peer.address] = count }
            }
        }
        count += 1
        return nil
    }

    private func conflict(of router: VirtualRouterDefinition) -> Int? {
        var found: [Int] = []
        if router.virtualMAC != nil, let other = withVirtualMAC { found.append(other) }
        switch router.transport {
        case .multicast(let group):
            if let other = groups[group] { found.append(other) }
        case .unicast(let list):
            let source = router.sourceAddress
            for peer in list where peer.address != source {
                // Without a source of its own it comes from wherever the others come from.
                let others =
                    source == nil
                    ? [peers[peer.address]]
                    : [
                        routes[Route(source: source, peer: peer.address)],
                        routes[Route(source: nil, peer: peer.address)],
                    ]
                found += others.compactMap(\.self)
            }
        }
        return found.min()
    }
}
