import CLinux
import Glibc
import VRRP
import VRRPEngine

/// Runs scripts in a process of its own and tells the engine's process what is known of them.
///
/// It gets the whole list of scripts whenever that changes and says nothing until the first result of a script, and after
/// that only when its state changes: scripts that keep well cost the engine's thread nothing. Its end is the end of the
/// connection.
struct ScriptRunner: ~Copyable {
    /// The longest time between the first starts of two scripts: what a program of a few milliseconds takes.
    private static let spacing = Nanoseconds.milliseconds(4)
    /// How much is done before ends of programs are looked for again.
    private static let thingsAtOnce = 4
    /// How long scripts may take to end when the engine's process has ended.
    private static let farewell = Nanoseconds.seconds(2)
    /// How long what was delivered may take when the program ends: keepalived waits for a second and `child_wait_time`.
    private static let deliveryTime = Nanoseconds.seconds(6)

    /// One script, and its program where that runs.
    private struct Entry {
        var course: ScriptCourse
        var process: ScriptProcess?
        /// Whether it is no longer wanted and goes with the end of its program.
        var isRetired = false
    }

    private let channel: ScriptChannel
    private let board: ScriptBoard
    private let loop: EventLoop
    private var entries: [UInt32: Entry] = [:]
    private var lastNumber: UInt32 = 0
    /// The list as far as it was received.
    private var list: [RunnableScript] = []
    /// Delivers notices.
    private let desk: NoticeDesk
    private var ending = Ending.no
    private var hasEnded = false

    /// How far the runner is with its end.
    private enum Ending {
        /// It is not to end.
        case no
        /// What was delivered may still run, and then the command does.
        case delivering(until: Instant, RunnableCommand?, timeout: Nanoseconds)
        /// What was delivered is asked to end.
        case settling(until: Instant, RunnableCommand?, timeout: Nanoseconds)
        /// The last command runs.
        case performing
    }

    /// A runner without scripts.
    ///
    /// - Parameters:
    ///   - board: where it shows how far scripts are.
    ///   - desk: what delivers notices.
    init(
        channel: consuming ScriptChannel, board: consuming ScriptBoard, desk: NoticeDesk = NoticeDesk()
    ) throws(SystemCallError) {
        self.desk = desk
        self.board = board
        let loop = try EventLoop()
        try loop.watch(channel.fileDescriptor, as: .scripts)
        self.loop = loop
        self.channel = channel
    }

    /// Runs scripts until the other side is gone, and ends those that still run.
    ///
    /// - Throws: Where it cannot go on; the scripts have ended then, too.
    mutating func run() throws(SystemCallError) {
        do throws(SystemCallError) {
            try serve()
        } catch {
            try endAll()
            throw error
        }
        try endAll()
    }

    private mutating func serve() throws(SystemCallError) {
        var events: [EventLoop.Event] = []
        while !hasEnded {
            try loop.wait(milliseconds: pause, into: &events)
            for event in events {
                switch event.source {
                case .scripts: try receiveOrders()
                case .scriptProcess(let number): try collect(number)
                case .noticeProcess(let number): try desk.collect(number, loop: loop)
                default: continue
                }
            }
            try doNextThings()
            try desk.advance(to: MonotonicClock.now, loop: loop)
            try proceedToEnd(at: MonotonicClock.now)
            for news in desk.takeNews() { try tell(news) }
        }
    }

    /// Does what is due longest, a bounded number of things: while programs are started others end.
    private mutating func doNextThings() throws(SystemCallError) {
        let now = MonotonicClock.now
        let due = entries.filter { $0.value.course.deadline <= now }
            .sorted { $0.value.course.deadline < $1.value.course.deadline }
        for number in due.prefix(Self.thingsAtOnce).map(\.key) where !hasEnded {
            // What has ended in time but was not noticed has not taken too long.
            if entries[number]?.process?.hasEnded == true {
                try collect(number)
            } else {
                try advance(number, to: MonotonicClock.now)
                show(number)
            }
        }
    }

    /// The milliseconds until something is due, rounded up.
    private var pause: Int32 {
        if desk.hasMore { return 0 }
        let deadline = min(
            entries.values.lazy.map(\.course.deadline).min() ?? .distantFuture, desk.deadline, endDeadline)
        guard deadline != .distantFuture else { return -1 }
        let rest = (deadline - MonotonicClock.now).rawValue
        return Int32(max(0, min(60_000, (rest + 999_999) / 1_000_000)))
    }

    private mutating func receiveOrders() throws(SystemCallError) {
        while true {
            switch try channel.receive() {
            case .nothing: return
            case .end:
                hasEnded = true
                return
            case .message(let octets):
                switch try? ScriptOrder(octets) {
                case .script(let script)?: list.append(script)
                case .commit?: commit()
                case .route(let routes)?: try desk.route(routes, loop: loop)
                case .deliver(let notices)?: desk.deliver(notices)
                case .perform(let command, let timeout)?: try desk.perform(command, timeout: timeout, loop: loop)
                case .finish(let command, let timeout)?: beginEnd(command, timeout: timeout)
                // The two ends are the same program; without a list that is complete nothing must seem good.
                case nil: throw SystemCallError("read the list of scripts", errorNumber: EBADMSG)
                }
            }
        }
    }

    /// Puts the list in force: what is not in it ends, what is as before goes on, everything else begins.
    private mutating func commit() {
        let now = MonotonicClock.now
        var wanted = Set(list)
        for (number, entry) in entries where !entry.isRetired {
            if wanted.remove(entry.course.script) == nil { retire(number, at: now) }
        }
        let added = list.filter(wanted.contains)
        for (position, script) in added.enumerated() {
            let share = script.definition.interval / Int64(added.count)
            lastNumber &+= 1
            let start = now + min(Self.spacing, share) * Int64(position)
            entries[lastNumber] = Entry(course: ScriptCourse(script, firstStart: start))
            show(lastNumber)
        }
        list.removeAll()
    }

    private mutating func retire(_ number: UInt32, at now: Instant) {
        guard let process = entries[number]?.process else {
            entries[number] = nil
            return
        }
        entries[number]?.isRetired = true
        if entries[number]?.course.cancel(at: now) == .terminate { process.signal(SIGTERM) }
    }

    private mutating func advance(_ number: UInt32, to now: Instant) throws(SystemCallError) {
        switch entries[number]?.course.advance(to: now) {
        case nil: return
        case .start?: try start(number)
        case .terminate?:
            entries[number]?.process?.signal(SIGTERM)
            try tell(entries[number]?.course.timedOut())
        case .kill?: entries[number]?.process?.signal(SIGKILL)
        }
    }

    private mutating func start(_ number: UInt32) throws(SystemCallError) {
        guard let script = entries[number]?.course.script else { return }
        let process: ScriptProcess
        do throws(SystemCallError) {
            process = try ScriptProcess(script.command)
        } catch {
            return try tell(entries[number]?.course.ended(.notStarted("\(error)"), at: MonotonicClock.now))
        }
        entries[number]?.process = process
        try loop.watch(process.fileDescriptor, as: .scriptProcess(number))
    }

    private mutating func collect(_ number: UInt32) throws(SystemCallError) {
        guard let process = entries[number]?.process else { return }
        try loop.unwatch(process.fileDescriptor)
        let outcome = process.collect(endsGroup: entries[number]?.course.isEnding ?? true)
        entries[number]?.process = nil
        let verdict = entries[number]?.course.ended(outcome, at: MonotonicClock.now)
        if entries[number]?.isRetired == true {
            entries[number] = nil
        } else {
            show(number)
            try tell(verdict)
        }
    }

    /// Shows how far a script is that is still wanted.
    private func show(_ number: UInt32) {
        guard let entry = entries[number], !entry.isRetired, let place = entry.course.script.place else { return }
        board.show(entry.course.progress, at: place)
    }

    private mutating func tell(_ verdict: ScriptVerdict?) throws(SystemCallError) {
        guard let verdict else { return }
        try tell(.verdict(verdict))
    }

    private mutating func tell(_ news: ScriptNews) throws(SystemCallError) {
        do throws(SystemCallError) {
            try channel.send(news.octets)
        } catch {
            guard error.errorNumber == EPIPE || error.errorNumber == ECONNRESET else { throw error }
            hasEnded = true
        }
    }

    /// Ends checks, and gives what was delivered its last time.
    private mutating func beginEnd(_ command: RunnableCommand?, timeout: Nanoseconds) {
        list = []
        commit()
        ending = .delivering(until: MonotonicClock.now + Self.deliveryTime, command, timeout: timeout)
    }

    /// When ``proceedToEnd(at:)`` has something to do that no process tells of.
    private var endDeadline: Instant {
        switch ending {
        case .no, .performing: .distantFuture
        case .delivering(let limit, _, _), .settling(let limit, _, _): limit
        }
    }

    private mutating func proceedToEnd(at now: Instant) throws(SystemCallError) {
        switch ending {
        case .no: return
        case .delivering(let limit, let command, let timeout):
            guard desk.isIdle || limit <= now else { return }
            desk.giveUp()
            ending = .settling(until: now + Self.farewell, command, timeout: timeout)
            try proceedToEnd(at: now)
        case .settling(let limit, let command, let timeout):
            guard desk.hasNoProcess || limit <= now else { return }
            if !desk.hasNoProcess { desk.kill() }
            ending = .performing
            if let command { try desk.perform(command, timeout: timeout, loop: loop) }
            try proceedToEnd(at: now)
        case .performing:
            if desk.isIdle { hasEnded = true }
        }
    }

    /// Ends what runs, first by asking.
    private mutating func endAll() throws(SystemCallError) {
        try loop.unwatch(channel.fileDescriptor)
        for entry in entries.values { entry.process?.signal(SIGTERM) }
        desk.giveUp()
        let end = MonotonicClock.now + Self.farewell
        var events: [EventLoop.Event] = []
        while !desk.hasNoProcess || entries.values.contains(where: { $0.process != nil }), MonotonicClock.now < end {
            try loop.wait(milliseconds: 50, into: &events)
            for event in events {
                if case .noticeProcess(let number) = event.source { try desk.collect(number, loop: loop) }
                guard case .scriptProcess(let number) = event.source, let process = entries[number]?.process else {
                    continue
                }
                try loop.unwatch(process.fileDescriptor)
                _ = process.collect(endsGroup: true)
                entries[number]?.process = nil
            }
        }
        for entry in entries.values { entry.process?.signal(SIGKILL) }
        desk.kill()
    }
}
