/// A virtual router: its addresses, who has them now, and who would have them next.
public struct PageVirtualRouter: Sendable, Equatable {
    /// Who has the addresses.
    public struct Owner: Sendable, Equatable {
        /// The name of the node; an address where that is all that is known of it.
        public var node: String
        /// Since when it has them, where that is known.
        public var since: PageTime?

        /// An owner since a moment.
        public init(node: String, since: PageTime? = nil) {
            self.node = node
            self.since = since
        }
    }

    /// Who would take over.
    public struct Successor: Sendable, Equatable {
        /// The name of the node.
        public var node: String
        /// How long after the owner's last sign of life it would take over, in milliseconds, where that is known.
        public var afterMilliseconds: Double?

        /// A successor.
        public init(node: String, afterMilliseconds: Double? = nil) {
            self.node = node
            self.afterMilliseconds = afterMilliseconds
        }
    }

    /// A node that may have the addresses.
    public struct Member: Sendable, Equatable {
        /// The name of the node.
        public var node: String
        /// Its claim: of those that are there, the highest one wins.
        public var priority: UInt8

        /// A member with its claim.
        public init(node: String, priority: UInt8) {
            self.node = node
            self.priority = priority
        }
    }

    /// The name; unique on the page.
    public var name: String
    /// What it belongs to, such as a Service; empty for nothing.
    public var belongsTo: String
    /// The group that it is planned by; empty where that is not told.
    public var group = ""
    /// The interface that adverts are sent on.
    public var interface: String
    /// The identifier, of 1 to 255.
    public var virtualRouterID: UInt8
    /// The virtual addresses.
    public var addresses: [String]
    /// Who has the addresses: one node, nobody, or more than one that claim them at the same time.
    public var owners: [Owner]
    /// Who would take over next, where that is known.
    public var successor: Successor?
    /// Why it is as it is: a sentence for people, empty for none.
    public var explanation: String
    /// What keeps this node, or every node, from having the addresses: a sentence each.
    public var faults: [String]
    /// Whether the node of the page keeps out of it for now as it should, so that it does not know the owner.
    public var isAside = false
    /// Whether the page's source would know the owner if there were one; a node that cannot take part does not hear it.
    public var isOwnerKnown = true
    /// The nodes that may have the addresses, the one with the best claim first; empty where they are not told.
    public var members: [Member] = []
    /// How many adverts of somebody else came under its identifier.
    public var conflicts = 0

    /// A virtual router with these parts.
    public init(
        name: String, belongsTo: String = "", interface: String, virtualRouterID: UInt8, addresses: [String],
        owners: [Owner], successor: Successor? = nil, explanation: String = "", faults: [String] = []
    ) {
        self.name = name
        self.belongsTo = belongsTo
        self.interface = interface
        self.virtualRouterID = virtualRouterID
        self.addresses = addresses
        self.owners = owners
        self.successor = successor
        self.explanation = explanation
        self.faults = faults
    }
}

/// A node of the page.
public struct PageNode: Sendable, Equatable {
    /// How a node is.
    public enum State: String, Sendable, CaseIterable {
        /// It takes part.
        case ready
        /// It hands its addresses over, or has done so.
        case draining
        /// Something keeps it from taking part.
        case faulty
        /// It has not been heard of lately.
        case silent
    }

    /// The name.
    public var name: String
    /// How it is.
    public var state: State
    /// More about that: a sentence for people, empty for none.
    public var explanation: String
    /// Of how many virtual routers it has the addresses.
    public var activeRouters: Int
    /// Of how many it might.
    public var virtualRouters: Int

    /// A node with these parts.
    public init(name: String, state: State, explanation: String = "", activeRouters: Int, virtualRouters: Int) {
        self.name = name
        self.state = state
        self.explanation = explanation
        self.activeRouters = activeRouters
        self.virtualRouters = virtualRouters
    }
}

/// A change of who has addresses.
public struct PageTransition: Sendable, Equatable {
    /// When it happened.
    public var time: PageTime
    /// The name of the virtual router.
    public var virtualRouter: String
    /// Who had the addresses, or the state before; empty where that is not known.
    public var from: String
    /// Who has them, or the state after; empty for nobody.
    public var to: String
    /// Why: a sentence for people.
    public var reason: String

    /// A change with these parts.
    public init(time: PageTime, virtualRouter: String, from: String, to: String, reason: String) {
        self.time = time
        self.virtualRouter = virtualRouter
        self.from = from
        self.to = to
        self.reason = reason
    }
}
