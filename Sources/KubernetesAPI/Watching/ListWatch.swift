/// Keeps a copy of a collection: lists it page by page, watches it from there, and knows what to do when either breaks.
///
/// A value without I/O: ``step(using:)`` says what to do next, the other functions take what came of it.
public struct ListWatch<Object: APIObject>: Sendable {
    /// The objects.
    public private(set) var store: ObjectStore<Object>
    /// Whether the store has shown the whole collection at some time; from then on it is at most late.
    public private(set) var isSynced = false
    /// Whether the server knew the type when it was last asked.
    public private(set) var isServed = true
    /// What is wrong at present; nil while the store follows the server.
    public private(set) var trouble: ClientError?

    private let settings: ListWatchSettings
    private var state = State.listing(Pages())
    private var backoff: Backoff
    /// What is due before the next step.
    private var pause: Duration?
    /// The most objects of a page; nil after a server that could not keep a version for as long as pages take.
    private var pageSize: Int?

    private enum State: Sendable {
        case listing(Pages)
        case watching(after: String)
    }

    private struct Pages: Sendable {
        var count = 0
        /// The most objects of the page that was asked for last.
        var size: Int?
        var token: String?
        var items: [Object] = []
        var unreadable: [UnreadableObject] = []
    }

    /// An empty copy.
    public init(indexes: [String: ObjectStore<Object>.Index] = [:], settings: ListWatchSettings = ListWatchSettings()) {
        store = ObjectStore(indexes: indexes)
        self.settings = settings
        backoff = settings.backoff
        pageSize = settings.pageSize
    }

    /// What to do next.
    public enum Step: Hashable, Sendable {
        /// Wait.
        case pause(Duration)
        /// Ask for a page.
        case list(limit: Int?, continuing: String?)
        /// Watch from a version on, for that many seconds.
        case watch(after: String, seconds: Int)
    }

    /// What to do next.
    public mutating func step(using generator: inout some RandomNumberGenerator) -> Step {
        if let pause {
            self.pause = nil
            return .pause(pause)
        }
        switch state {
        case .listing(var pages):
            pages.size = pageSize
            state = .listing(pages)
            return .list(limit: pageSize, continuing: pages.token)
        case .watching(let version):
            // Chance spreads the clients, which would otherwise all come back at once for ever.
            return .watch(after: version, seconds: Int.random(in: settings.watchSeconds, using: &generator))
        }
    }

    /// Takes a page.
    public mutating func received(
        _ page: ObjectList<Object>, using generator: inout some RandomNumberGenerator
    ) -> [ObjectStore<Object>.Change] {
        guard case .listing(var pages) = state else { return [] }
        // Nobody else holds the pages while this one is added, so that none is copied.
        state = .listing(Pages())
        isServed = true
        pages.count += 1
        pages.items += page.items
        pages.unreadable += page.unreadable
        if let token = page.continueToken, pages.count < settings.maximumPages {
            pages.token = token
            state = .listing(pages)
            return []
        }
        guard page.continueToken == nil, let version = page.resourceVersion else {
            restart(using: &generator)
            trouble = .invalidRequest(
                page.continueToken == nil
                    ? "a list has no resourceVersion, so that it cannot be watched"
                    : "a list has more than \(settings.maximumPages) pages")
            return []
        }
        state = .watching(after: version)
        pageSize = settings.pageSize
        isSynced = true
        trouble = nil
        return store.replaceAll(with: pages.items, unreadable: pages.unreadable)
    }

    /// Takes what a watch says.
    ///
    /// - Returns: What is different now; nil where the watch is of no use any more and is to be ended.
    public mutating func received(
        _ event: WatchEvent<Object>, using generator: inout some RandomNumberGenerator
    ) -> [ObjectStore<Object>.Change]? {
        guard case .watching = state else { return nil }
        switch event {
        case .added(let object), .modified(let object):
            moved(to: object.metadata.resourceVersion)
            return store.put(object).map { [$0] } ?? []
        case .deleted(let object):
            moved(to: object.metadata.resourceVersion)
            return store.remove(object.key).map { [$0] } ?? []
        case .unreadable(let object, let isDeleted):
            moved(to: object.metadata.resourceVersion)
            return (isDeleted ? store.remove(object.key) : store.note(object)).map { [$0] } ?? []
        case .bookmark(let version): moved(to: version)
        case .unknown: break
        case .failed(let refusal):
            restart(after: refusal.retryAfter, using: &generator)
            return nil
        }
        return []
    }

    /// Takes the news that a server lets watch: events may be long in coming, and the trouble is over.
    public mutating func watchBegan() { trouble = nil }

    /// Takes the news that a watch ended as it should, by its time or because the server stops.
    public mutating func watchEnded(
        lasting duration: Duration, using generator: inout some RandomNumberGenerator
    ) {
        guard case .watching = state else { return }
        // A server that ends every watch at once shall not be asked without a break.
        if duration < .seconds(1) { pause = backoff.next(using: &generator) } else { backoff.reset() }
    }

    /// Takes the news that a page was refused, or that a watch was refused or broke.
    public mutating func failed(_ error: ClientError, using generator: inout some RandomNumberGenerator) {
        trouble = error
        switch state {
        case .watching where error.isTemporary:
            pause = max(backoff.next(using: &generator), error.retryAfter ?? .zero)
        case .watching: restart(using: &generator)
        case .listing(let pages):
            pageSize = error.isGone ? nil : settings.pageSize
            if case .tooLarge = error { pageSize = pages.size.map { max(1, $0 / 2) } ?? settings.pageSize }
            if error.isNotFound {
                isServed = false
                // What a server that only starts does not know yet may be there all the same, so nothing is forgotten.
                if settings.mayBeUnserved { isSynced = true }
            }
            restart(after: error.retryAfter, using: &generator)
            // Pages that were read are of use as long as the server goes on with them.
            if error.isTemporary { state = .listing(pages) }
        }
    }

    private mutating func moved(to version: String?) {
        trouble = nil
        backoff.reset()
        if let version { state = .watching(after: version) }
    }

    /// Lists anew.
    private mutating func restart(
        after delay: Duration? = nil, using generator: inout some RandomNumberGenerator
    ) {
        state = .listing(Pages())
        pause = max(backoff.next(using: &generator), delay ?? .zero)
    }
}

/// How a collection is kept up to date.
public struct ListWatchSettings: Hashable, Sendable {
    /// The most objects of a page; nil for all at once.
    public var pageSize: Int? = 500
    /// The most pages of a list.
    public var maximumPages = 2000
    /// How long a watch lasts, in seconds.
    public var watchSeconds = 300...600
    /// How long to wait after failures.
    public var backoff = Backoff(initial: .milliseconds(250), maximum: .seconds(30))
    /// Whether the server need not know the type: then nothing counts as the whole collection while it does not.
    public var mayBeUnserved = false

    /// The settings of ordinary collections.
    public init() {}
}
