public import NodeAgent

/// Where an agent learns of virtual routers: the cluster, or a folder of manifests.
public protocol RouterSource: Sendable {
    /// Tells all routers whenever something about them is different, until the task is cancelled.
    ///
    /// Each set replaces the one before as a whole. Until a source knows everything it tells nothing, so that what an
    /// earlier process wrote stays in force; the same holds while it cannot find out what is new.
    ///
    /// - Parameter tell: takes a set; it returns at once, and of several sets that come fast only the last one counts.
    /// - Throws: what makes it senseless to go on; the agent ends then. `CancellationError` when the task is cancelled.
    func run(_ tell: @escaping @Sendable (RouterSet) -> Void) async throws

    /// What it knows beside virtual routers at this moment; nil where others tell of that.
    var insight: SourceInsight? { get }
}

extension RouterSource {
    /// By default others tell.
    public var insight: SourceInsight? { nil }
}
