/// Which groups have to do with each other's identifiers.
///
/// To compare a group with all others is what takes long in a plan, so that it is done when the nodes or the interface of
/// the group change, and not before.
struct Neighbourhood: Sendable {
    /// What groups have to do with each other.
    private struct Relations {
        /// Groups that have nodes in common with it and maybe the interface.
        var neighbours: Set<ObjectName> = []
        /// Groups that may be on the same network although they have no node in common.
        var acquaintances: Set<ObjectName> = []
    }

    /// Where groups are; nil where nobody knows, because the group could never be read.
    private var sites: [ObjectName: Site?] = [:]
    private var relations: [ObjectName: Relations] = [:]

    /// Groups whose routers meet those of the group on an interface of a node, so that an identifier means one of them alone.
    func neighbours(of group: ObjectName) -> Set<ObjectName> { relations[group]?.neighbours ?? [] }

    /// Groups that may be on one network with the group, although they have no node in common.
    func acquaintances(of group: ObjectName) -> Set<ObjectName> { relations[group]?.acquaintances ?? [] }

    /// Says where a group is now.
    ///
    /// - Parameter membership: The nodes of the group and its interface; nil where they are not known.
    /// - Returns: The groups whose relations are different now.
    mutating func place(_ group: ObjectName, _ membership: Membership?) -> Set<ObjectName> {
        let site = membership?.site
        guard sites[group] != .some(site) else { return [] }
        sites.updateValue(site, forKey: group)
        var changed: Set<ObjectName> = [group]
        for (other, otherSite) in sites where other != group {
            let (meet, mayMeet) =
                if let site, let otherSite { (site.meets(otherSite), site.mayMeet(otherSite)) } else { (false, true) }
            if relate(group, other, meet: meet, mayMeet: mayMeet) { changed.insert(other) }
        }
        return changed
    }

    /// Forgets a group.
    ///
    /// - Returns: The groups that had to do with it.
    mutating func remove(_ group: ObjectName) -> Set<ObjectName> {
        sites[group] = nil
        guard let former = relations.removeValue(forKey: group) else { return [] }
        for other in former.neighbours { relations[other]?.neighbours.remove(group) }
        for other in former.acquaintances { relations[other]?.acquaintances.remove(group) }
        return former.neighbours.union(former.acquaintances)
    }

    /// Notes what two groups have to do with each other; false where that was known.
    private mutating func relate(_ group: ObjectName, _ other: ObjectName, meet: Bool, mayMeet: Bool) -> Bool {
        let own = relations[group, default: Relations()]
        guard own.neighbours.contains(other) != meet || own.acquaintances.contains(other) != mayMeet else {
            return false
        }
        for (one, another) in [(group, other), (other, group)] {
            if meet {
                relations[one, default: Relations()].neighbours.insert(another)
            } else {
                relations[one, default: Relations()].neighbours.remove(another)
            }
            if mayMeet {
                relations[one, default: Relations()].acquaintances.insert(another)
            } else {
                relations[one, default: Relations()].acquaintances.remove(another)
            }
        }
        return true
    }
}
