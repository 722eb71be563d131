import Synchronization
import VIPPlanning

/// What has changed in the cluster since the last plan.
///
/// Changes come one by one from watches, which must not wait, and leave together.
final class Inbox: Sendable {
    /// What has changed.
    struct Contents: Sendable {
        /// Groups that came, went or say something else.
        var groups: Set<ObjectName> = []
        /// Services that came, went or say something else.
        var services: Set<ObjectName> = []
        /// Whether the nodes are others.
        var hasNewNodes = false
    }

    /// Comes when there is something in it, or when somebody finds that it is time to look.
    let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation
    private let contents = Mutex(Contents())

    init() { (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func add(group: ObjectName) { add { $0.groups.insert(group) } }
    func add(service: ObjectName) { add { $0.services.insert(service) } }
    func addNodes() { add { $0.hasNewNodes = true } }

    /// Asks for a look without a change.
    func wake() { signal.yield() }

    /// Takes everything out.
    func take() -> Contents {
        contents.withLock { contents in
            defer { contents = Contents() }
            return contents
        }
    }

    private func add(_ change: (inout Contents) -> Void) {
        contents.withLock { change(&$0) }
        signal.yield()
    }
}
