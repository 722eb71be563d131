import VRRP

/// One instance of the configuration: a virtual router and its addresses, all of one family.
struct FailoverInstance: Equatable {
    /// Its number, from 1 on; a part of its name.
    var number: Int
    var virtualRouterID: Int
    var rank: FailoverRank
    /// Never empty.
    var addresses: [IPAddress]

    /// The family of its addresses.
    var family: AddressFamily { addresses[0].family }

    /// The instances that share the addresses.
    ///
    /// A group with addresses of both families makes two instances, because VRRP has one family in an advert. The one of
    /// its first address has the number that the group would have alone; the others are numbered behind all groups, so
    /// that nobody else's number changes.
    static func instances(of settings: FailoverSettings, slot: FailoverSlot) -> [FailoverInstance] {
        let groups = groups(settings.virtualIPs, count: settings.groups)
        let split = groups.map { group in
            (first: group.filter { $0.family == group[0].family }, rest: group.filter { $0.family != group[0].family })
        }
        let lists = split.map(\.first) + split.map(\.rest).filter { !$0.isEmpty }
        var ranks = slot.ranks(replicas: settings.replicas, preempts: settings.preemption != .never)
        var offset = settings.idOffset
        return lists.enumerated().map { index, addresses in
            let number = index + 1
            while settings.excludedIDs.contains(offset + number) { offset += 1 }
            return FailoverInstance(
                number: number, virtualRouterID: offset + number, rank: ranks.next(number), addresses: addresses)
        }
    }

    /// The addresses in as many groups as wanted, the first ones larger by one where they do not come out even.
    static func groups(_ addresses: [IPAddress], count: Int) -> [[IPAddress]] {
        guard count > 0 else { return addresses.map { [$0] } }
        let (size, larger) = addresses.count.quotientAndRemainder(dividingBy: count)
        var rest = addresses[...]
        return (0..<min(count, addresses.count)).map { index in
            let group = rest.prefix(size + (index < larger ? 1 : 0))
            rest = rest.dropFirst(group.count)
            return Array(group)
        }
    }
}
