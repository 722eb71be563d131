/// Where the page's content comes from.
public protocol PageSource: Sendable {
    /// What there is to show at this moment.
    func snapshot() async -> PageSnapshot

    /// What there is to show from now on: the present content first, then each later one. It may leave out those that
    /// nobody took in time, but never the newest.
    func changes() -> AsyncStream<PageSnapshot>
}
