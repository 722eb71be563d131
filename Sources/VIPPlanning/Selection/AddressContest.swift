import VRRP

/// Who wants each address, and who has it: its holder so far, else the oldest Service, else the first by name.
///
/// An address of a group that cannot be read stays where it is, whoever wants it: nobody takes it off the group's routers.
struct AddressContest: Sendable {
    /// A Service that wants an address.
    struct Claimant: Comparable, Sendable {
        /// When it was created, in seconds since 1970.
        var createdAt: Int64
        /// Its name.
        var service: ObjectName
        /// The group that it names.
        var group: ObjectName

        var holder: AddressHolder { AddressHolder(service, by: group) }

        /// The older stands before the younger.
        static func < (left: Self, right: Self) -> Bool {
            (left.createdAt, left.service, left.group) < (right.createdAt, right.service, right.group)
        }
    }

    /// Who has each address.
    private(set) var holders: [IPAddress: AddressHolder] = [:]
    /// Who wants each address, in order.
    private var claimants: [IPAddress: [Claimant]] = [:]
    /// Addresses whose holder does not want them any more, or not by way of that group, and that stay where they are because
    /// the group cannot be read; by the group.
    private var leftovers: [ObjectName: Set<IPAddress>] = [:]
    /// Addresses that are to be settled.
    private var open: Set<IPAddress> = []
    /// Services for which something is different since the last settlement.
    private var concerned: Set<ObjectName> = []

    /// Takes up who had addresses in earlier plans.
    mutating func restore(_ holders: [IPAddress: AddressHolder]) {
        for (address, holder) in holders where self.holders[address] != holder {
            forgetLeftover(address)
            self.holders[address] = holder
            open.insert(address)
            concerned.formUnion(claimants[address, default: []].map(\.service))
        }
    }

    /// A Service wants addresses.
    mutating func enter(_ claimant: Claimant, for addresses: [IPAddress]) {
        for address in addresses {
            let place = claimants[address, default: []].firstPlace(notBefore: claimant)
            claimants[address, default: []].insert(claimant, at: place)
            open.insert(address)
        }
    }

    /// A Service does not want addresses any more.
    mutating func withdraw(_ claimant: Claimant, from addresses: [IPAddress]) {
        for address in addresses {
            let place = claimants[address, default: []].firstPlace(notBefore: claimant)
            guard let list = claimants[address], place < list.count, list[place] == claimant else { continue }
            claimants[address]?.remove(at: place)
            open.insert(address)
        }
    }

    /// What is known of a group has changed.
    mutating func review(groupNamed group: ObjectName) { open.formUnion(leftovers[group] ?? []) }

    /// Whether an address stays with a group that cannot be read, although the group's Service does not ask it for it.
    func isLeftover(_ address: IPAddress) -> Bool {
        holders[address].flatMap { leftovers[$0.group]?.contains(address) } ?? false
    }

    /// Finds out who has the addresses for which something has changed.
    ///
    /// - Parameter isUnreadable: Whether a group is there and cannot be read.
    /// - Returns: The Services for which it is different now.
    mutating func settle(where isUnreadable: (ObjectName) -> Bool) -> Set<ObjectName> {
        for address in open {
            let list = claimants[address] ?? []
            let former = holders[address]
            let wasLeftover = isLeftover(address)
            forgetLeftover(address)
            if list.isEmpty { claimants[address] = nil }
            if let former, isUnreadable(former.group), !list.contains(where: { $0.holder == former }) {
                leftovers[former.group, default: []].insert(address)
                concerned.formUnion(list.map(\.service))
                continue
            }
            let holder = (list.first { $0.service == former?.service } ?? list.first)?.holder
            holders[address] = holder
            // To the others it matters alone who has the address; to who has it, who wants it.
            if holder != former || wasLeftover { concerned.formUnion(list.map(\.service)) }
            if let holder { concerned.insert(holder.service) }
        }
        open.removeAll(keepingCapacity: true)
        defer { concerned.removeAll(keepingCapacity: true) }
        return concerned
    }

    private mutating func forgetLeftover(_ address: IPAddress) {
        guard let group = holders[address]?.group, leftovers[group]?.remove(address) != nil else { return }
        if leftovers[group]?.isEmpty == true { leftovers[group] = nil }
    }

    /// The first of those who want an address that another one of them has, and how many they are.
    func others(
        than holder: ObjectName, for address: IPAddress, atMost limit: Int
    ) -> (names: [ObjectName], count: Int) {
        let list = claimants[address] ?? []
        guard limit > 0 else { return ([], max(0, list.count - 1)) }
        return (Array(list.lazy.map(\.service).filter { $0 != holder }.prefix(limit)), max(0, list.count - 1))
    }
}

extension [AddressContest.Claimant] {
    /// The place of the first that does not stand before `claimant`.
    fileprivate func firstPlace(notBefore claimant: Element) -> Int {
        var range = startIndex..<endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = self[middle] < claimant ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}
