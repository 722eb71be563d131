import VIPPlanning
import VRRP

/// Gives identifiers to routers that the record lacks, so that hosts which have never heard of each other's folders come to
/// the same ones.
///
/// The number follows from the name of the router, and from what has a number already only where two names come to the same.
/// A host that has missed a change of its folder therefore nearly always agrees with the others still; to deal the lowest free
/// number would make it disagree at once.
struct RouterIDDealing {
    private(set) var record: RouterIDRecord

    init(_ record: RouterIDRecord) { self.record = record }

    /// Takes in identifiers that the status of a group has kept; the record goes before it.
    mutating func seed(_ ledger: RouterIDLedger, of group: ObjectName) {
        record.groups[group, default: [:]].merge(ledger.assignments) { own, _ in own }
    }

    /// Takes identifiers away that the group excludes by now.
    mutating func withdraw(_ excluded: Set<VirtualRouterID>, from group: ObjectName) {
        record.groups[group] = record.groups[group]?.filter { !excluded.contains($0.value) }
    }

    /// Gives a group's routers the identifiers that they lack: such that no group has, or else such that no group near by has,
    /// as far as there are any.
    ///
    /// - Parameters:
    ///   - keys: The routers of the group.
    ///   - near: The groups that have a node in common with it.
    ///   - unusable: Identifiers that none of them may have.
    mutating func deal(
        to keys: some Sequence<String>, of group: ObjectName, near: some Sequence<ObjectName>,
        unusable: Set<VirtualRouterID>
    ) {
        var unwelcome = record.all
        var taken = unusable.union(identifiers(of: group))
        for other in near { taken.formUnion(identifiers(of: other)) }
        for key in keys.sorted() where record.groups[group]?[key] == nil {
            let free = Self.identifiers(for: key, of: group).filter { !taken.contains($0) }
            guard let identifier = free.first(where: { !unwelcome.contains($0) }) ?? free.first else { return }
            record.groups[group, default: [:]][key] = identifier
            taken.insert(identifier)
            unwelcome.insert(identifier)
        }
    }

    private func identifiers(of group: ObjectName) -> some Sequence<VirtualRouterID> {
        (record.groups[group] ?? [:]).values
    }

    /// Takes over what a plan has decided, which goes before the record where two groups had the same number.
    mutating func accept(_ ledger: RouterIDLedger, of group: ObjectName) {
        record.groups[group, default: [:]].merge(ledger.assignments) { _, planned in planned }
    }

    /// Forgets the routers of a group that are gone: others need the numbers.
    mutating func forget(allBut keys: Set<String>, of group: ObjectName) {
        record.groups[group] = record.groups[group]?.filter { keys.contains($0.key) }
    }

    /// All identifiers, from the one on that a name comes to.
    static func identifiers(for key: String, of group: ObjectName) -> some Sequence<VirtualRouterID> {
        let start = Int(hash("\(group) \(key)") % 255)
        return (0..<255).lazy.compactMap { VirtualRouterID(rawValue: UInt8(1 + (start + $0) % 255)) }
    }

    /// FNV-1a with the finalizer of SplitMix64. Hosts rely on the numbers across versions.
    private static func hash(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for octet in text.utf8 { hash = (hash ^ UInt64(octet)) &* 0x0000_0100_0000_01b3 }
        hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
        hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
        return hash ^ (hash >> 31)
    }
}
