import CLinux
import Glibc
import VRRPEngine

/// A script that runs: the leader of a process group of its own.
final class ScriptProcess {
    /// The environment of every script: the daemon's own, as keepalived's scripts have it, with a path of its own and without
    /// what would make a program run something else than its file.
    static let environment: [String] = {
        var texts: [String] = []
        var next = clinux_environment()
        while let text = next?.pointee {
            texts.append(String(cString: text))
            next = next?.advanced(by: 1)
        }
        return environment(from: texts)
    }()

    /// What scripts get of an environment.
    static func environment(from texts: [String]) -> [String] {
        let withheld = ["PATH", "IFS", "ENV", "BASH_ENV", "SHELLOPTS", "BASHOPTS", "NOTIFY_SOCKET", "WATCHDOG_PID"]
        return texts.filter { text in
            let name = text.prefix { $0 != "=" }
            return !withheld.contains(String(name)) && !name.hasPrefix("LD_") && !name.hasPrefix("BASH_FUNC_")
        } + ["PATH=\(ScriptPath.directories.joined(separator: ":"))"]
    }

    private let process: pid_t
    private let descriptor: FileDescriptor
    /// What is to run.
    private let command: RunnableCommand?
    /// Where a process that could not become the program has left why. No file at all where there is no program.
    private let report: FileDescriptor

    /// What is ready when the leader has ended.
    var fileDescriptor: Int32 { descriptor.rawValue }

    /// Starts a program, without waiting until it runs: its file can be on a file system that does not answer, and others
    /// must not wait for that. What keeps it from running is told by ``collect(endsGroup:)``.
    convenience init(_ command: RunnableCommand) throws(SystemCallError) {
        var report: Int32 = -1
        let outcome = command.withProgram { program in retrying { clinux_script_start(&program, &report) } }
        guard outcome.result > 0 else { throw SystemCallError("fork", errorNumber: outcome.errorNumber) }
        try self.init(leader: outcome.result, command, report: FileDescriptor(owning: report))
    }

    /// Starts a copy of this process that does `work`, whose result is its exit status.
    convenience init(copyDoing work: () -> Int32) throws(SystemCallError) {
        let outcome = retrying { clinux_fork() }
        if outcome.result == 0 { _exit(clinux_become_mail_client() == 0 ? work() : 1) }
        guard outcome.result > 0 else { throw SystemCallError("fork", errorNumber: outcome.errorNumber) }
        try self.init(leader: outcome.result, nil, report: FileDescriptor(owning: -1))
    }

    /// Takes over the leader of a process group.
    private init(
        leader process: pid_t, _ command: RunnableCommand?, report: consuming FileDescriptor
    ) throws(SystemCallError) {
        self.process = process
        self.command = command
        self.report = report
        let opened = retrying { clinux_pidfd_open(process) }
        descriptor = FileDescriptor(owning: opened.result)
        guard opened.result < 0 else { return }
        // Without a word of its end it would never be seen to end.
        kill(-process, SIGKILL)
        waitpid(process, nil, 0)
        throw SystemCallError("pidfd_open", errorNumber: opened.errorNumber)
    }

    /// Whether the leader has ended, without waiting for it.
    var hasEnded: Bool {
        var question = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
        return retrying { poll(&question, 1, 0) }.result > 0
    }

    /// Sends a signal to the process group; all of it that has not moved elsewhere.
    func signal(_ number: Int32) {
        // A copy that had no time yet to lead a group is alone.
        if kill(-process, number) != 0 { kill(process, number) }
    }

    /// How the leader has ended, whose number is free for others from now on.
    ///
    /// - Parameter endsGroup: Whether what it has left behind in its group ends as well.
    func collect(endsGroup: Bool) -> ScriptOutcome {
        // As long as the leader was not waited for, no other group can have its number.
        if endsGroup { signal(SIGKILL) }
        var status: Int32 = 0
        let process = process
        _ = retrying { waitpid(process, &status, 0) }
        if let failure { return .notStarted(failure.description) }
        return ScriptOutcome(waitStatus: status)
    }

    /// Why the process that has ended did not become the program.
    private var failure: ScriptFailure? {
        guard let command else { return nil }
        var octets = [UInt8](repeating: 0, count: ScriptFailure.longestReport)
        let count = retrying { read(report.rawValue, &octets, octets.count) }.result
        return ScriptFailure(report: octets.prefix(max(0, count)), of: command)
    }
}

extension RunnableCommand {
    /// Passes the command as C has it; only a copy of this process that becomes the program keeps it for longer.
    func withProgram<Result>(_ body: (inout clinux_script) -> Result) -> Result {
        let groups = [account.group] + account.supplementaryGroups
        return withArray(of: ScriptPath.places(of: self)) { places in
            withArray(of: words) { arguments in
                withArray(of: ScriptProcess.environment) { environment in
                    groups.withUnsafeBufferPointer { groups in
                        var program = clinux_script(
                            places: places, is_for_root_alone: needsSafePath && account.user == 0 ? 1 : 0,
                            keeps_links: keepsLinks ? 1 : 0, arguments: arguments, environment: environment,
                            user: account.user, group: account.group, groups: groups.baseAddress,
                            group_count: groups.count, keeps_rights: keepsRights ? 1 : 0)
                        return body(&program)
                    }
                }
            }
        }
    }
}

/// Passes texts as C has them: an array of pointers that ends with a null pointer.
private func withArray<Result>(
    of texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers = texts.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
}
