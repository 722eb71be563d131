import Synchronization
public import VRRP

/// Lines of a log on their way to a reader that may be slow, or read nothing at all: who logs does not wait for it.
///
/// Until ``start()`` a line is written by who logs it. From then on a thread of its own writes, in the order of the log, and
/// what it has no room for is lost, counted, and told in the place where it is missing.
public final class LogQueue: Sendable {
    /// A line that is ready to be written.
    public struct Line: Sendable, Hashable {
        /// How grave it is, in the numbers of syslog(3).
        public var priority: Int32
        /// The whole line, with an end where its reader needs one.
        public var text: String

        /// A line.
        public init(priority: Int32, text: String) {
            self.priority = priority
            self.text = text
        }

        /// What the line takes in memory: its octets, and about what surrounds them.
        fileprivate var octets: Int { text.utf8.count + 64 }
    }

    /// The octets of memory that lines may wait in; some 5,000 lines. As many again may be under way to the reader.
    public static let standardCapacity = 1 << 20
    /// The thread does nothing but call the C library. Small, because a process that locks its memory pays for all of it.
    private static let stackOctets = 128 << 10
    /// A list of lines that was longer is given back to the allocator.
    private static let longestKeptList = 256

    private struct Contents {
        var lines: [Line] = []
        var octets = 0
        /// The lines that there was no room for behind ``lines``.
        var lost = 0
        /// Wakes the thread; nil while there is none.
        var call: Bell?
        /// Whether the thread has written everything, and waits for its call.
        var isIdle = true
        /// Who waits until everything is written.
        var waiting: [Bell] = []
    }

    private let contents = Mutex(Contents())
    private let capacity: Int
    private let write: @Sendable (Line) -> Void
    private let lossLine: @Sendable (Int) -> Line

    /// An empty queue.
    ///
    /// - Parameters:
    ///   - capacity: the octets of memory that lines may wait in.
    ///   - lossLine: the line that tells of so many lost ones, at least one.
    ///   - write: writes a line, however long that takes.
    public init(
        capacity: Int = LogQueue.standardCapacity, tellingLossBy lossLine: @escaping @Sendable (Int) -> Line,
        write: @escaping @Sendable (Line) -> Void
    ) {
        self.capacity = capacity
        self.lossLine = lossLine
        self.write = write
    }

    /// Lets a thread of its own write from now on.
    ///
    /// Call it once: after the last fork(2), which no other thread would outlive, and after rights were given up, which the
    /// thread would keep.
    ///
    /// - Throws: where there can be no thread; lines are written by who logs them then, as before.
    public func start() throws(SystemCallError) {
        let call = try Bell()
        try BackgroundThread.start(stackOctets: Self.stackOctets) { [self] in drain(call) }
        contents.withLock { $0.call = call }
    }

    /// Puts a line behind the others. Takes the time of a short lock, with a system call where the thread is idle.
    public func append(_ line: Line) {
        var isDirect = false
        let bell = contents.withLock { contents -> Bell? in
            guard let call = contents.call else {
                isDirect = true
                return nil
            }
            // Not a short line behind a long one that was lost: what is missing is missing in one place.
            guard contents.lost == 0, contents.octets + line.octets <= capacity else {
                contents.lost += 1
                return nil
            }
            contents.lines.append(line)
            contents.octets += line.octets
            guard contents.isIdle else { return nil }
            contents.isIdle = false
            return call
        }
        if isDirect { write(line) }
        bell?.ring()
    }

    /// Waits until everything is written that was logged so far.
    ///
    /// - Parameter limit: how long to wait at most.
    /// - Returns: Whether it is.
    @discardableResult
    public func flush(within limit: Nanoseconds) -> Bool {
        let end = MonotonicClock.now + limit
        guard let bell = try? Bell() else { return false }
        let isWritten = contents.withLock { contents in
            if !contents.isIdle { contents.waiting.append(bell) }
            return contents.isIdle
        }
        return isWritten || bell.wait(until: end)
    }

    /// Writes until the process ends.
    private func drain(_ call: Bell) {
        var batch: [Line] = []
        while true {
            var lost = 0
            let waiting = contents.withLock { contents -> [Bell] in
                swap(&batch, &contents.lines)
                swap(&lost, &contents.lost)
                contents.octets = 0
                contents.isIdle = batch.isEmpty && lost == 0
                guard contents.isIdle else { return [] }
                defer { contents.waiting = [] }
                return contents.waiting
            }
            for line in batch { write(line) }
            if lost > 0 { write(lossLine(lost)) }
            if batch.isEmpty && lost == 0 {
                for bell in waiting { bell.ring() }
                call.wait()
                call.silence()
            }
            batch.removeAll(keepingCapacity: batch.count <= Self.longestKeptList)
        }
    }
}
