import VRRP

/// Who wants each address, and who has it: its holder so far, else the oldest Service, else the first by name.
struct AddressContest: Sendable {
    /// A Service that wants an address.
    struct Claimant: Comparable, Sendable {
        /// When it was created, in seconds since 1970.
        var createdAt: Int64
        /// Its name.
        var service: ObjectName

        /// The older stands before the younger.
        static func < (left: Self, right: Self) -> Bool {
            (left.createdAt, left.service) < (right.createdAt, right.service)
        }
    }

    /// Who has each address.
    private(set) var holders: [IPAddress: ObjectName] = [:]
    /// Who wants each address, in order.
    private var claimants: [IPAddress: [Claimant]] = [:]
    /// Addresses that are to be settled.
    private var open: Set<IPAddress> = []
    /// Services for which something is different since the last settlement.
    private var concerned: Set<ObjectName> = []

    /// Takes up who had addresses in earlier plans.
    mutating func restore(_ holders: [IPAddress: ObjectName]) {
        for (address, service) in holders where self.holders[address] != service {
            self.holders[address] = service
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

    /// Finds out who has the addresses for which something has changed.
    ///
    /// - Returns: The Services for which it is different now.
    mutating func settle() -> Set<ObjectName> {
        for address in open {
            let list = claimants[address] ?? []
            let former = holders[address]
            let holder = list.contains { $0.service == former } ? former : list.first?.service
            if list.isEmpty { claimants[address] = nil }
            holders[address] = holder
            // To the others it matters alone who has the address; to who has it, who wants it.
            if holder != former { concerned.formUnion(list.map(\.service)) }
            if let holder { concerned.insert(holder) }
        }
        open.removeAll(keepingCapacity: true)
        defer { concerned.removeAll(keepingCapacity: true) }
        return concerned
    }

    /// Those who want an address that another one has.
    func others(than holder: ObjectName, for address: IPAddress) -> [ObjectName] {
        claimants[address, default: []].lazy.map(\.service).filter { $0 != holder }
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
