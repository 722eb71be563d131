public import NodeAgent

/// Where an agent learns of virtual routers: the cluster, or a folder of manifests.
public protocol RouterSource: Sendable {
    /// Tells what there is to know whenever something about it is different, until the task is cancelled.
    ///
    /// Until a source knows everything it tells no routers, so that what an earlier process wrote stays in force; the same
    /// holds while it cannot find out what is new.
    ///
    /// - Parameter tell: takes news; it returns at once, and of several that come fast only the last one of a kind counts.
    /// - Throws: what makes it senseless to go on; the agent ends then. `CancellationError` when the task is cancelled.
    func run(_ tell: @escaping @Sendable (SourceNews) -> Void) async throws

    /// What it knows beside virtual routers at this moment, for metrics; nil where others tell of that.
    var insight: SourceInsight? { get }
}

extension RouterSource {
    /// By default others tell.
    public var insight: SourceInsight? { nil }
}

/// What a source tells; each replaces the one of its kind before as a whole.
public enum SourceNews: Sendable {
    /// All routers.
    case routers(RouterSet)
    /// All that keeps the source from telling what there is; empty where nothing does.
    case troubles([SourceTrouble])
}

/// Something that keeps a source from telling all that there is.
public enum SourceTrouble: Hashable, Sendable {
    /// The API server cannot be followed, and why.
    case unreachable(String)
    /// A file, or a part of it, is not in force as it stands; a sentence that says which.
    case unusable(String)
}
