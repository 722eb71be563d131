import CLinux
import Glibc

/// The process that runs scripts, as the engine's process sees it: what it is told, and what it tells.
///
/// It is a copy of this process that was made before rights were given up, because scripts run as other users. For checks
/// alone it keeps the rights to become another user and to end what it started, and no other.
struct ScriptRunnerProcess: ~Copyable {
    /// What such a process may still do, as far as it could do it before.
    static let capabilities: [Capability] = [.userIdentity, .groupIdentity, .signals]

    /// Where it shows how far each script is.
    let board: ScriptBoard
    private let channel: ScriptChannel
    private let process: pid_t

    /// Starts it; call before the process has other threads, files or locks, and before it gives up rights.
    ///
    /// - Parameter keepsRights: Whether it keeps all rights of this process, for commands that administrate the node.
    init(keepsRights: Bool) throws(SystemCallError) {
        let (near, far) = try ScriptChannel.pair()
        let channel = try ScriptChannel(owning: FileDescriptor(owning: near))
        let board = try ScriptBoard()
        let outcome = retrying { clinux_fork() }
        if outcome.result == 0 { Self.become(far, board, keepsRights: keepsRights) }
        close(far)
        guard outcome.result > 0 else { throw SystemCallError("fork", errorNumber: outcome.errorNumber) }
        self.channel = channel
        self.board = board
        process = outcome.result
    }

    /// What is ready while it has something to tell.
    var fileDescriptor: Int32 { channel.fileDescriptor }

    /// Makes it run these scripts and no others; those that it runs already go on.
    borrowing func run(_ scripts: some Sequence<RunnableScript>) throws(SystemCallError) {
        for script in scripts { try channel.send(ScriptOrder.script(script).octets) }
        try channel.send(ScriptOrder.commit.octets)
    }

    /// Sends an order.
    borrowing func send(_ order: ScriptOrder) throws(SystemCallError) { try channel.send(order.octets) }

    /// Delivers notices, in their order.
    borrowing func deliver(_ notices: [OutgoingNotice]) throws(SystemCallError) {
        // The few that belong to one occurrence fit into a message; at the end there may be thousands.
        for start in stride(from: 0, to: notices.count, by: Self.noticesAtOnce) {
            let portion = Array(notices[start..<min(start + Self.noticesAtOnce, notices.count)])
            try channel.send(ScriptOrder.deliver(portion).octets)
        }
    }

    private static let noticesAtOnce = 8

    /// The next thing that it has to tell.
    borrowing func receive() throws(SystemCallError) -> ScriptChannel.Reception { try channel.receive() }

    /// Takes note of its end, so that nothing of it is left in the kernel.
    borrowing func collect() { waitpid(process, nil, WNOHANG) }

    /// What the new process does; it never returns to what its original was about.
    private static func become(_ number: Int32, _ board: consuming ScriptBoard, keepsRights: Bool) -> Never {
        guard clinux_become_script_runner(number) == 0 else { _exit(1) }
        // Whoever looks for the daemon by its name must not find this process.
        ProcessName.replaceArguments(with: "vrrpd-scripts")
        do {
            if !keepsRights {
                let permitted = capabilities.filter { (try? Capabilities.require([$0])) != nil }
                try Capabilities.drop(keeping: permitted)
            }
            var runner = try ScriptRunner(channel: ScriptChannel(owning: FileDescriptor(owning: 3)), board: board)
            try runner.run()
        } catch { _exit(1) }
        _exit(0)
    }
}
