import CLinux
import Glibc

/// Waits for many file descriptors at once; who owns them does the work.
///
/// Runs on the engine's thread: waiting allocates nothing.
struct EventLoop: ~Copyable {
    /// What a descriptor is watched for.
    struct Interest: OptionSet {
        let rawValue: UInt32
        /// Something can be read.
        static let reading = Interest(rawValue: EPOLLIN.rawValue)
        /// Something can be written.
        static let writing = Interest(rawValue: EPOLLOUT.rawValue)
        /// Report each change once, instead of for as long as it lasts.
        static let onceEachTime = Interest(rawValue: EPOLLET.rawValue)
    }

    /// A descriptor on which something can be done.
    struct Event {
        /// What it belongs to.
        let source: EventSource
        /// Whether something can be read; also true when the other side is gone, which a read then tells.
        let isReadable: Bool
        /// Whether something can be written.
        let isWritable: Bool
        /// Whether the other side is gone for both directions, which is told again and again until the descriptor is closed.
        let isBroken: Bool
    }

    /// The most events that one call of ``wait(milliseconds:into:)`` delivers; the rest comes with the next.
    private static let capacity = 128

    private let descriptor: FileDescriptor
    private let ready: UnsafeMutablePointer<epoll_event>

    /// A loop that watches nothing.
    init() throws(SystemCallError) {
        descriptor = FileDescriptor(
            owning: try systemCall("epoll_create1") { epoll_create1(Int32(EPOLL_CLOEXEC)) })
        ready = .allocate(capacity: Self.capacity)
    }

    deinit { ready.deallocate() }

    /// Begins to watch a descriptor.
    borrowing func watch(
        _ fileDescriptor: Int32, for interest: Interest = .reading, as source: EventSource
    ) throws(SystemCallError) {
        try control(EPOLL_CTL_ADD, fileDescriptor, interest, source)
    }

    /// Changes what a descriptor is watched for.
    borrowing func change(
        _ fileDescriptor: Int32, to interest: Interest, as source: EventSource
    ) throws(SystemCallError) {
        try control(EPOLL_CTL_MOD, fileDescriptor, interest, source)
    }

    /// Stops watching a descriptor; call before it is closed.
    borrowing func unwatch(_ fileDescriptor: Int32) throws(SystemCallError) {
        try control(EPOLL_CTL_DEL, fileDescriptor, [], .deadline)
    }

    /// Waits until something can be done and replaces `events` by it.
    ///
    /// - Parameter milliseconds: The longest wait; -1 waits without end and 0 not at all.
    borrowing func wait(milliseconds: Int32 = -1, into events: inout [Event]) throws(SystemCallError) {
        events.removeAll(keepingCapacity: true)
        let number = descriptor.rawValue
        let count = try systemCall("epoll_wait") { epoll_wait(number, ready, Int32(Self.capacity), milliseconds) }
        for index in 0..<Int(count) {
            guard let source = EventSource(token: ready[index].data.u64) else { continue }
            let flags = ready[index].events
            let isBroken = flags & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
            events.append(
                Event(
                    source: source, isReadable: isBroken || flags & EPOLLIN.rawValue != 0,
                    isWritable: isBroken || flags & EPOLLOUT.rawValue != 0, isBroken: isBroken))
        }
    }

    private borrowing func control(
        _ operation: Int32, _ fileDescriptor: Int32, _ interest: Interest, _ source: EventSource
    ) throws(SystemCallError) {
        var event = epoll_event()
        event.events = interest.rawValue
        event.data.u64 = source.token
        let number = descriptor.rawValue
        try systemCall("epoll_ctl") { epoll_ctl(number, operation, fileDescriptor, &event) }
    }
}
