import FoundationEssentials

/// Everything that the page shows at one moment, of one node or of a whole cluster.
public struct PageSnapshot: Sendable, Equatable {
    /// What the page is about.
    public enum Scope: Sendable, Equatable {
        /// One node, by its name.
        case node(String)
        /// A cluster, by what people call it.
        case cluster(String)
    }

    /// What the page is about.
    public var scope: Scope
    /// When the content was true.
    public var time: PageTime
    /// The version of the program that says so.
    public var version: String
    /// What somebody should look at, the critical ones first.
    public var warnings: [PageWarning]
    /// The virtual routers in the order in which they are shown.
    public var virtualRouters: [PageVirtualRouter]
    /// The nodes in the order in which they are shown.
    public var nodes: [PageNode]
    /// What changed lately, the newest first.
    public var transitions: [PageTransition]

    /// Content with these parts.
    public init(
        scope: Scope, time: PageTime, version: String, warnings: [PageWarning] = [],
        virtualRouters: [PageVirtualRouter] = [], nodes: [PageNode] = [], transitions: [PageTransition] = []
    ) {
        self.scope = scope
        self.time = time
        self.version = version
        self.warnings = warnings
        self.virtualRouters = virtualRouters
        self.nodes = nodes
        self.transitions = transitions
    }

    /// Whether nothing but the time differs.
    func saysTheSame(as other: Self) -> Bool {
        var other = other
        other.time = time
        return self == other
    }
}

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
public struct PageTime: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public var millisecondsSinceEpoch: Int64

    /// The present moment.
    public static var now: PageTime {
        PageTime(millisecondsSinceEpoch: Int64(Date().timeIntervalSince1970 * 1000))
    }

    /// A moment.
    public init(millisecondsSinceEpoch: Int64) { self.millisecondsSinceEpoch = millisecondsSinceEpoch }

    /// The earlier moment stands before the later one.
    public static func < (left: Self, right: Self) -> Bool {
        left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
    }
}
