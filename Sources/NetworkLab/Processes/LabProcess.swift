import CLinux
import Foundation
import Synchronization

/// A program that the lab has started, with everything that it says.
///
/// The program is killed when the last reference to it goes away, and when this process ends. Standard output and
/// standard error arrive in one journal, in the order in which they were written.
public final class LabProcess: Sendable {
    /// One line of output, without its end.
    public struct Line: Sendable {
        /// When the line was read.
        public let time: Timestamp
        /// The text; what is not UTF-8 is replaced.
        public let text: String
    }

    /// The process number of the program itself.
    public let processIdentifier: Int32
    /// The program and its arguments, for people.
    public let commandLine: String
    /// What the program has written so far.
    public let lines: Journal<Line>

    private let exits = Journal<ExitStatus>(capacity: 1)
    private let handle: OwnedDescriptor
    private let outputWatch: DescriptorWatch

    private init(_ process: pid_t, _ request: LaunchRequest, handle: OwnedDescriptor, output: OwnedDescriptor) {
        processIdentifier = process
        commandLine = request.commandLine
        self.handle = handle
        let lines = Journal<Line>(capacity: request.lineCapacity)
        self.lines = lines
        let exits = exits

        // All watches share a thread, so the exit is seen after the output that was read before.
        let splitter = LineSplitter()
        outputWatch = DescriptorWatch(output) {
            if splitter.read(output.number, into: lines) { return true }
            lines.finish()
            return false
        }
        _ = DescriptorWatch(handle) {
            var status: Int32 = 0
            guard waitpid(process, &status, WNOHANG) == process else { return true }
            // What the program wrote is in the pipe by now; the pipe's end may never come, when a child of its holds it.
            if !splitter.read(output.number, into: lines) { lines.finish() }
            splitter.deliverRest(to: lines)
            exits.append(ExitStatus(waitStatus: status))
            exits.finish()
            return false
        }
    }

    /// Starts a program.
    static func start(_ request: LaunchRequest) async throws -> LabProcess {
        let pipe = try Pipe.open()
        _ = fcntl(pipe.reading.number, F_SETFL, O_NONBLOCK)
        let process = try await Launcher.shared.start(request, output: pipe.writing)
        let handle: OwnedDescriptor
        do {
            handle = try OwnedDescriptor(systemCall("pidfd_open", request.program) { clinux_pidfd_open(process) })
        } catch {
            kill(process, SIGKILL)
            throw error
        }
        return LabProcess(process, request, handle: handle, output: pipe.reading)
    }

    deinit {
        signal(SIGKILL)
        // The process is reaped all the same: its watch ends by itself, which that of the output might not.
        outputWatch.cancel()
        lines.finish()
    }

    /// How the program ended; nil while it runs.
    public var exitStatus: ExitStatus? { exits.entries().first }

    /// Sends a signal to the program alone; nothing happens when it has ended.
    public func signal(_ number: Int32) { _ = clinux_pidfd_send_signal(handle.number, number) }

    /// Kills the program and everything that it has started, unless that went into a session of its own.
    public func killSession() {
        killAtOnce(Self.processes(ofSession: processIdentifier))
        signal(SIGKILL)
    }

    /// Waits until the program has ended.
    public func waitForExit(within timeout: Duration = .seconds(10)) async throws -> ExitStatus {
        if let match = await exits.first(within: timeout, where: { _ in true }) { return match.entry }
        throw LabError.timedOut(waitingFor: "end of \(commandLine)", within: timeout, context: recentOutput)
    }

    /// Waits for the first line after `position` that contains `text`.
    @discardableResult
    public func waitForLine(
        containing text: String, after position: Journal<Line>.Position = .start, within timeout: Duration
    ) async throws -> Line {
        let match = await lines.first(after: position, within: timeout) { $0.text.contains(text) }
        if let match { return match.entry }
        throw LabError.timedOut(
            waitingFor: "line with \"\(text)\" from \(commandLine)", within: timeout, context: recentOutput)
    }

    /// Everything that the program has written, as far as it is kept.
    public var output: String { lines.entries().map(\.text).joined(separator: "\n") }

    private var recentOutput: String { lines.entries().suffix(40).map(\.text).joined(separator: "\n") }

    private static func processes(ofSession session: pid_t) -> [pid_t] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap(pid_t.init) ?? []
        return all.filter { getsid($0) == session }
    }
}

/// Kills processes so that none of them can react to the end of another one.
///
/// keepalived's child gives up in order when its parent is gone; a loss of power does not let it.
func killAtOnce(_ processes: [pid_t]) {
    for signal in [SIGSTOP, SIGKILL] {
        for process in processes { kill(process, signal) }
    }
}

/// Cuts what arrives on a pipe into lines.
///
/// `@unchecked Sendable` is safe: only the one thread of all watches touches it.
private final class LineSplitter: @unchecked Sendable {
    private var rest: [UInt8] = []

    /// Reads what is there; false at the end of the pipe, when the unfinished last line is delivered as well.
    func read(_ descriptor: Int32, into lines: Journal<LabProcess.Line>) -> Bool {
        let time = Timestamp.now
        while true {
            let count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if count > 0 { rest.append(contentsOf: buffer.prefix(count)) }
                return count
            }
            // The pipe does not block: there is nothing more for now.
            if count < 0 { return true }
            if count == 0 { break }
            var complete = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let unfinished = complete.popLast() ?? []
            for line in complete {
                lines.append(LabProcess.Line(time: time, text: String(decoding: line, as: UTF8.self)))
            }
            rest = Array(unfinished)
        }
        deliverRest(to: lines)
        return false
    }

    /// Takes what has no end yet for a line.
    func deliverRest(to lines: Journal<LabProcess.Line>) {
        guard !rest.isEmpty else { return }
        lines.append(LabProcess.Line(time: .now, text: String(decoding: rest, as: UTF8.self)))
        rest = []
    }
}
