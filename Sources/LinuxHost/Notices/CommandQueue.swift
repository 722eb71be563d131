/// Commands that wait to be run: those of one queue one after the other, those of different queues side by side, but never
/// more than a few. A value without clock or I/O.
struct CommandQueue {
    /// How many commands run side by side: what a small machine bears besides its real work.
    static let runningLimit = 32
    /// How many commands of one queue wait; beyond that the oldest of them goes, as the newest tells how things are now.
    static let waitingLimit = 64

    private struct Line {
        var waiting: [RunnableCommand] = []
        var isRunning = false
    }

    private var lines: [String: Line] = [:]
    /// The queues whose next command can start, in the order in which they became able to.
    private var ready: [String] = []
    private var firstReady = 0
    private var runningCount = 0

    /// Nothing waits.
    init() {}

    /// Whether nothing waits and nothing runs.
    var isEmpty: Bool { lines.isEmpty }

    /// How many commands wait.
    var waitingCount: Int { lines.values.reduce(0) { $0 + $1.waiting.count } }

    /// Puts a command at the end of its queue.
    ///
    /// - Returns: the command that goes instead, where too many wait.
    mutating func append(_ command: RunnableCommand, to queue: String) -> RunnableCommand? {
        var line = lines[queue] ?? Line()
        line.waiting.append(command)
        if line.waiting.count == 1, !line.isRunning { ready.append(queue) }
        let dropped = line.waiting.count > Self.waitingLimit ? line.waiting.removeFirst() : nil
        lines[queue] = line
        return dropped
    }

    /// The next command that may start now, which counts as running until ``ended(_:)``; nil where none may.
    mutating func startNext() -> (command: RunnableCommand, queue: String)? {
        guard runningCount < Self.runningLimit, firstReady < ready.count else { return nil }
        let queue = ready[firstReady]
        firstReady += 1
        if firstReady == ready.count || firstReady > 1024 {
            ready.removeFirst(firstReady)
            firstReady = 0
        }
        guard let command = lines[queue]?.waiting.removeFirst() else { return nil }
        lines[queue]?.isRunning = true
        runningCount += 1
        return (command, queue)
    }

    /// Takes the end of the command in that runs for a queue, or that could not be started.
    mutating func ended(_ queue: String) {
        guard lines[queue]?.isRunning == true else { return }
        runningCount -= 1
        lines[queue]?.isRunning = false
        if lines[queue]?.waiting.isEmpty == true {
            lines[queue] = nil
        } else {
            ready.append(queue)
        }
    }

    /// Gives up all that waits; what runs still ends by ``ended(_:)``.
    mutating func dropWaiting() {
        for queue in Array(lines.keys) {
            lines[queue]?.waiting.removeAll()
            if lines[queue]?.isRunning == false { lines[queue] = nil }
        }
        ready.removeAll()
        firstReady = 0
    }
}
