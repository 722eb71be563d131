import Foundation
import Synchronization

/// Calls back whenever a descriptor can be read, until told to stop; keeps the descriptor open meanwhile.
final class DescriptorWatch: Sendable {
    private let ticket: Int

    /// Begins to watch.
    ///
    /// - Parameter isReadable: runs on the one thread of all watches, so it must not block; false ends the watch.
    init(_ descriptor: OwnedDescriptor, isReadable: @escaping @Sendable () -> Bool) {
        ticket = Watchman.shared.add(descriptor, isReadable)
    }

    /// Ends the watch; nothing happens when it has ended. One last call may be under way.
    func cancel() { Watchman.shared.remove(ticket) }
}

/// The one thread that watches all descriptors of all labs. It lives as long as the process.
private final class Watchman: Sendable {
    static let shared = Watchman()

    private struct Post {
        let descriptor: OwnedDescriptor
        let isReadable: @Sendable () -> Bool
    }

    private struct State {
        var posts: [Int: Post] = [:]
        var lastTicket = 0
    }

    private let state = Mutex(State())
    /// A byte that is written here lets the thread look at the posts again.
    private let bell: (reading: OwnedDescriptor, writing: OwnedDescriptor)

    private init() {
        do {
            bell = try Pipe.open()
        } catch {
            preconditionFailure("no descriptors are left to watch others with: \(error)")
        }
        for end in [bell.reading, bell.writing] { _ = fcntl(end.number, F_SETFL, O_NONBLOCK) }
        Thread.detachNewThread { [self] in
            while true { watchOnce() }
        }
    }

    func add(_ descriptor: OwnedDescriptor, _ isReadable: @escaping @Sendable () -> Bool) -> Int {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            state.posts[state.lastTicket] = Post(descriptor: descriptor, isReadable: isReadable)
            return state.lastTicket
        }
        ring()
        return ticket
    }

    func remove(_ ticket: Int) {
        // The post is let go of outside the lock, because its end may close a descriptor or more.
        let post = state.withLock { $0.posts.removeValue(forKey: ticket) }
        if post != nil { ring() }
    }

    private func ring() { _ = write(bell.writing.number, [1], 1) }

    private func watchOnce() {
        // Holding the posts keeps their descriptors from being closed, and their numbers from being used again.
        let posts = Array(state.withLock { $0.posts })
        var requests = (posts.map(\.value.descriptor) + [bell.reading]).map { descriptor in
            pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
        }
        guard poll(&requests, nfds_t(requests.count), -1) > 0 else { return }
        for (post, request) in zip(posts, requests) where request.revents != 0 {
            let isStillWatched = state.withLock { $0.posts[post.key] != nil }
            if isStillWatched, !post.value.isReadable() { remove(post.key) }
        }
        if requests[posts.count].revents != 0 {
            withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
                while read(bell.reading.number, buffer.baseAddress, buffer.count) > 0 {}
            }
        }
    }
}
