import VRRP

/// What was planned for one group.
struct GroupPlan: Sendable {
    /// What was known of the group when it was planned; nil before.
    private(set) var standing: GroupStanding?
    /// Its nodes; nil where nobody knows, because it could never be read.
    private(set) var membership: Membership?
    /// Its routers, and what the Services ask of it.
    var routers = GroupRouters()
    /// Its identifiers.
    private(set) var ledger = RouterIDLedger()
    /// How many nodes take part.
    private(set) var nodeCount = 0
    /// How many identifiers are left for new routers.
    private(set) var availableRouterIDs = 0
    /// What people should know of it.
    private(set) var problems: [Finding.Problem] = []
    /// What people should know of Services that ask for its routers.
    private(set) var problemsOfServices: [ObjectName: [Finding.Problem]] = [:]
    /// Whether the group or its nodes have changed since the routers were planned.
    private var isNew = true

    /// What the group needs identifiers for; nil where it cannot be read.
    var need: RouterIDAllocation.Need? {
        standing?.readable.map { group in
            .init(
                keys: routers.keys, excluded: RouterIDSet(group.excludedRouterIDs),
                foreign: RouterIDSet(group.foreignRouterIDs))
        }
    }

    /// What is different of a group.
    struct Difference {
        /// Whether it is what ``Changes/groups`` tells of.
        var isChanged = false
        /// Whether it has another number of free identifiers.
        var hasOtherCount = false
        /// Whether people should know something else of it.
        var hasOtherProblems = false
    }

    /// Takes in what is known of the group and its nodes.
    ///
    /// - Returns: Whether anything of that is new.
    mutating func place(_ standing: GroupStanding, _ membership: Membership?) -> Bool {
        guard self.standing != standing || self.membership != membership else { return false }
        self.standing = standing
        self.membership = membership
        isNew = true
        return true
    }

    /// Plans the routers.
    ///
    /// - Parameter waiting: The keys of routers that wait for an identifier, in order.
    mutating func complete(
        ledger: RouterIDLedger, waiting: [String], availableRouterIDs: Int, problems: [Finding.Problem]
    ) -> Difference {
        var difference = Difference()
        var problems = problems
        if let group = standing?.readable, let membership {
            difference.isChanged = routers.plan(
                for: group, on: membership, identifiers: ledger.assignments, isAnew: isNew)
            problems += membership.problems(for: routers.families)
            problemsOfServices = routers.problemsOfServices(
                on: membership, waiting: waiting, left: availableRouterIDs)
        } else {
            difference.isChanged = routers.suspend()
            problemsOfServices = [:]
        }
        let nodeCount = standing?.readable == nil ? 0 : membership?.members.count ?? 0
        if self.nodeCount != nodeCount || self.ledger != ledger { difference.isChanged = true }
        difference.hasOtherCount = self.availableRouterIDs != availableRouterIDs
        problems = problems.inOrder
        difference.hasOtherProblems = self.problems != problems
        self.ledger = ledger
        self.nodeCount = nodeCount
        self.availableRouterIDs = availableRouterIDs
        self.problems = problems
        isNew = false
        return difference
    }
}
