import CLinux
import Glibc
import VRRP

/// Delivers notices, in the process that runs scripts: starts commands, writes lines, sends mails.
///
/// Nothing of it waits. What goes wrong is kept as sentences for the engine's process.
final class NoticeDesk {
    /// How long a command of a notice may run before its process group is ended.
    private let commandTime: Nanoseconds
    /// How long a process group may take to end when it is asked to.
    static let grace = Nanoseconds.seconds(2)
    /// How many commands are started before other things are looked at again.
    private static let startsAtOnce = 4
    /// How many mails wait, and how many are sent side by side.
    private static let mailLimits = (waiting: 256, sent: 4)

    private enum Purpose {
        case command(queue: String, program: String)
        case reader(path: String)
        case mail(host: String)
        case single
    }

    private struct Running {
        let process: ScriptProcess
        let purpose: Purpose
        let timeout: Nanoseconds?
        var deadline: Instant
        var isEnding = false
    }

    private struct WaitingMail {
        var text: MailText
        var route: MailRoute
    }

    private var routes = NoticeRoutes()
    private var fifos: [OpenFIFO] = []
    private var commands = CommandQueue()
    private var mails: [WaitingMail] = []
    private var running: [UInt32: Running] = [:]
    private var lastNumber: UInt32 = 0

    /// Nothing is to be delivered yet.
    init(commandTime: Nanoseconds = .seconds(120)) { self.commandTime = commandTime }

    /// What is to be told to the engine's process.
    private(set) var news: [ScriptNews] = []

    /// Takes the news away.
    func takeNews() -> [ScriptNews] {
        defer { news.removeAll() }
        return news
    }

    /// Whether all commands and mails are done.
    var isIdle: Bool {
        commands.isEmpty && mails.isEmpty
            && running.values.allSatisfy { if case .reader = $0.purpose { true } else { false } }
    }

    /// Whether no process of it is left.
    var hasNoProcess: Bool { running.isEmpty }

    /// When ``advance(to:loop:)`` has something to do.
    var deadline: Instant { running.values.lazy.map(\.deadline).min() ?? .distantFuture }

    /// Whether something can be started at once.
    private(set) var hasMore = false

    // MARK: - Orders

    /// Sends notices elsewhere from now on; FIFOs that stay the same stay open, and so do their readers.
    func route(_ new: NoticeRoutes, loop: borrowing EventLoop) throws(SystemCallError) {
        routes = new
        let kept = fifos.filter { new.fifos.contains($0.definition) }
        for fifo in fifos where !new.fifos.contains(fifo.definition) {
            endReaders(of: fifo.definition.path)
            fifo.remove()
        }
        fifos = kept
        for definition in new.fifos where !kept.contains(where: { $0.definition == definition }) {
            do { fifos.append(try OpenFIFO(definition)) } catch {
                news.append(.trouble("nothing is written to \(definition.path): \(error)"))
                continue
            }
            guard var reader = definition.reader else { continue }
            reader.words.append(definition.path)
            try start(reader, .reader(path: definition.path), timeout: nil, loop: loop)
        }
    }

    /// Takes notices to deliver.
    func deliver(_ notices: [OutgoingNotice]) {
        for notice in notices {
            switch notice {
            case .run(let command, let queue):
                guard let dropped = commands.append(command, to: queue) else { continue }
                news.append(.trouble("\(queue): \(dropped.program) is left out: too many wait for one that hangs"))
            case .line(let line):
                for fifo in fifos {
                    if let sentence = fifo.write(line) { news.append(.trouble(sentence)) }
                }
            case .mail(let subject, let body):
                guard let route = routes.mail else { continue }
                guard mails.count < Self.mailLimits.waiting else {
                    news.append(.trouble("the mail \"\(subject)\" is left out: too many wait"))
                    continue
                }
                mails.append(WaitingMail(text: MailText(subject: subject, body: body, route), route: route))
            }
        }
    }

    /// Runs a command at once; its end is news.
    func perform(_ command: RunnableCommand, timeout: Nanoseconds, loop: borrowing EventLoop) throws(SystemCallError) {
        try start(command, .single, timeout: timeout, loop: loop)
    }

    // MARK: - Time and processes

    /// Starts what may start and ends what takes too long.
    func advance(to now: Instant, loop: borrowing EventLoop) throws(SystemCallError) {
        for (number, entry) in running where entry.deadline <= now {
            entry.process.signal(entry.isEnding ? SIGKILL : SIGTERM)
            running[number]?.isEnding = true
            running[number]?.deadline = now + Self.grace
        }
        var starts = 0
        while starts < Self.startsAtOnce, let next = commands.startNext() {
            let purpose = Purpose.command(queue: next.queue, program: next.command.program)
            try start(next.command, purpose, timeout: commandTime, loop: loop)
            starts += 1
        }
        hasMore = starts == Self.startsAtOnce
        while !mails.isEmpty, sentMailCount < Self.mailLimits.sent { try sendMail(mails.removeFirst(), loop: loop) }
    }

    private var sentMailCount: Int {
        running.values.count { if case .mail = $0.purpose { true } else { false } }
    }

    private func start(
        _ command: RunnableCommand, _ purpose: Purpose, timeout: Nanoseconds?, loop: borrowing EventLoop
    ) throws(SystemCallError) {
        let process: ScriptProcess
        do throws(SystemCallError) { process = try ScriptProcess(command) } catch {
            return conclude(purpose, .notStarted("\(error)"))
        }
        try watch(process, purpose, timeout: timeout, loop: loop)
    }

    private func sendMail(_ mail: WaitingMail, loop: borrowing EventLoop) throws(SystemCallError) {
        let purpose = Purpose.mail(host: mail.route.host)
        let process: ScriptProcess
        do throws(SystemCallError) {
            process = try ScriptProcess(copyDoing: { MailClient.send(mail.text, by: mail.route) })
        } catch { return conclude(purpose, .notStarted("\(error)")) }
        try watch(process, purpose, timeout: MailClient.longestTime(mail.route), loop: loop)
    }

    private func watch(
        _ process: ScriptProcess, _ purpose: Purpose, timeout: Nanoseconds?, loop: borrowing EventLoop
    ) throws(SystemCallError) {
        lastNumber &+= 1
        running[lastNumber] = Running(
            process: process, purpose: purpose, timeout: timeout,
            deadline: timeout.map { MonotonicClock.now + $0 } ?? .distantFuture)
        try loop.watch(process.fileDescriptor, as: .noticeProcess(lastNumber))
    }

    /// Takes the end of a process in.
    func collect(_ number: UInt32, loop: borrowing EventLoop) throws(SystemCallError) {
        guard let entry = running.removeValue(forKey: number) else { return }
        try loop.unwatch(entry.process.fileDescriptor)
        // What a command has left behind on purpose goes on, unless it was ended itself.
        let outcome = entry.process.collect(endsGroup: entry.isEnding)
        if entry.isEnding, let timeout = entry.timeout {
            conclude(entry.purpose, .timedOut(after: timeout))
        } else {
            conclude(entry.purpose, outcome)
        }
    }

    private func conclude(_ purpose: Purpose, _ outcome: ScriptOutcome) {
        switch purpose {
        case .command(let queue, let program):
            commands.ended(queue)
            if !outcome.isSuccess { news.append(.trouble("\(queue): \(program): \(outcome)")) }
        case .reader(let path):
            guard !isFinishing, fifos.contains(where: { $0.definition.path == path }) else { return }
            news.append(.trouble("the script that reads \(path) has ended: \(outcome)"))
        case .mail(let host):
            guard let failure = MailFailure(outcome) else { return }
            news.append(.trouble("a mail could not be handed to \(host): \(failure)"))
        case .single: news.append(.performed("\(outcome)"))
        }
    }

    // MARK: - End

    private var isFinishing = false

    /// Gives up what is not done by now: says how much, and asks what runs to end.
    func giveUp() {
        isFinishing = true
        let count = commands.waitingCount + mails.count
        if count > 0 { news.append(.trouble("the program ends: \(count) commands and mails are left out")) }
        commands.dropWaiting()
        mails.removeAll()
        endAll { _ in true }
        for fifo in fifos { fifo.remove() }
        // Readers that know no signal see the end of their input.
        fifos.removeAll()
    }

    /// Ends everything for good.
    func kill() {
        for entry in running.values { entry.process.signal(SIGKILL) }
    }

    private func endReaders(of path: String) {
        endAll { if case .reader(path) = $0 { true } else { false } }
    }

    private func endAll(where isMeant: (Purpose) -> Bool) {
        let now = MonotonicClock.now
        for (number, entry) in running where isMeant(entry.purpose) && !entry.isEnding {
            entry.process.signal(SIGTERM)
            running[number]?.isEnding = true
            running[number]?.deadline = now + Self.grace
        }
    }
}
