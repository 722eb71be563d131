import VRRP

/// One sync group in the engine.
struct SyncGroupRuntime: Sendable {
    var definition: SyncGroupDefinition
    /// The slots of the members, the most significant first. Every node that has the group comes to the same order: by
    /// identifier, IPv4 before IPv6, then as they are listed.
    var slots: [Int]
    /// The longest interval between adverts among the members.
    var longestInterval: Nanoseconds
    /// How long the slowest of the members needs to hand over: a peer takes the group over as a whole.
    var handOverTimes: HandOverTimes
    /// Whether an address of a member is the node's own and stays on its interface.
    var hasOwnAddress: Bool

    /// Whether it is the same group as before, so that its members go on with what they were doing.
    func isSame(as other: SyncGroupRuntime) -> Bool {
        definition == other.definition && slots == other.slots && longestInterval == other.longestInterval
    }

    /// How long a member stays active beside a better router before the group makes way.
    ///
    /// The first member yields at once, as every router does. The others give the better router the time to yield itself:
    /// it is about to when it loses at a member that stands before this one. The fourth and later members wait equally.
    func patience(ofRank rank: Int) -> Nanoseconds { longestInterval * Int64(min(rank, 3) * 3) / 2 }
}

/// The part of a virtual router in its sync group.
struct SyncGroupMembership: Sendable {
    /// The place of the group in the engine.
    var group: Int
    /// Its place in the order of the group.
    let rank: Int
    /// Whether its Active_Down_Timer has run out, so that the member waits for the others to want to take over as well.
    var wantsActive = false
    /// Since when a better router is heard while active, and when it was heard last.
    var contest: (since: Instant, last: Instant)?
    /// The slot of the member that decided about the change of state that is under way; nil where this one did.
    var decidedBy: Int?

    init(group: Int, rank: Int) {
        self.group = group
        self.rank = rank
    }

    /// Begins anew after a change of state.
    mutating func forgetElection() { self = SyncGroupMembership(group: group, rank: rank) }
}

/// A sync group that is not in force at the moment, with what its members were doing.
struct DissolvedSyncGroup: Sendable {
    let runtime: SyncGroupRuntime
    let memberships: [SyncGroupMembership?]
}
