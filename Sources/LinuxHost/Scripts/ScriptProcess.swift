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

    /// What is ready when the leader has ended.
    var fileDescriptor: Int32 { descriptor.rawValue }

    /// Starts a program; returns when it runs.
    ///
    /// - Parameter path: The file to execute.
    convenience init(_ command: RunnableCommand, path: String) throws(SystemCallError) {
        let account = command.account
        let groups = [account.group] + account.supplementaryGroups
        var failure = clinux_script_failure()
        let process = withArray(of: command.words) { arguments in
            withArray(of: Self.environment) { environment in
                path.withCString { path in
                    groups.withUnsafeBufferPointer { groups in
                        var program = clinux_script(
                            path: path, arguments: arguments, environment: environment, user: account.user,
                            group: account.group, groups: groups.baseAddress, group_count: groups.count,
                            keeps_rights: command.keepsRights ? 1 : 0)
                        return clinux_script_start(&program, &failure)
                    }
                }
            }
        }
        guard process > 0 else { throw Self.error(failure, path) }
        try self.init(leader: process)
    }

    /// Starts a copy of this process that does `work`, whose result is its exit status.
    convenience init(copyDoing work: () -> Int32) throws(SystemCallError) {
        let outcome = retrying { clinux_fork() }
        if outcome.result == 0 { _exit(clinux_become_mail_client() == 0 ? work() : 1) }
        guard outcome.result > 0 else { throw SystemCallError("fork", errorNumber: outcome.errorNumber) }
        try self.init(leader: outcome.result)
    }

    /// Takes over the leader of a process group.
    private init(leader process: pid_t) throws(SystemCallError) {
        self.process = process
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
    func signal(_ number: Int32) { kill(-process, number) }

    /// How the leader has ended, whose number is free for others from now on.
    ///
    /// - Parameter endsGroup: Whether what it has left behind in its group ends as well.
    func collect(endsGroup: Bool) -> ScriptOutcome {
        // As long as the leader was not waited for, no other group can have its number.
        if endsGroup { signal(SIGKILL) }
        var status: Int32 = 0
        let process = process
        _ = retrying { waitpid(process, &status, 0) }
        return ScriptOutcome(waitStatus: status)
    }

    private static func error(_ failure: clinux_script_failure, _ path: String) -> SystemCallError {
        let call =
            switch UInt32(bitPattern: failure.step) {
            case CLINUX_SCRIPT_FORK.rawValue: "fork"
            case CLINUX_SCRIPT_INPUT.rawValue: "open /dev/null"
            case CLINUX_SCRIPT_GROUP.rawValue: "setgroups"
            case CLINUX_SCRIPT_USER.rawValue: "setuid"
            case CLINUX_SCRIPT_CAPABILITIES.rawValue: "capset"
            default: "execve"
            }
        return SystemCallError(call, on: call == "execve" ? path : nil, errorNumber: failure.error)
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
