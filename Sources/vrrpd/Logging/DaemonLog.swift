import KeepalivedCompatibility
import LinuxHost
import Logging
import ProgramLog
import VRRP

/// The log of the daemon: whoever does not read it can make its lines wait and be lost, but no advert.
struct DaemonLog: Sendable {
    /// How long the end of the program waits for who reads the log.
    private static let patience = Nanoseconds.seconds(1)

    /// Takes the lines.
    let logger: Logger
    /// Where they wait; nil where nothing is logged.
    private let queue: LogQueue?

    /// The log that a command line asks for; lines of the system log begin with `name`.
    init(_ commandLine: KeepalivedCommandLine, name: String) {
        let outlet: LogOutlet? =
            switch commandLine.logDestination {
            case .standardError: .standardError
            case .systemLog: .systemLog
            case .nowhere: nil
            }
        if outlet == .systemLog { SystemLog.open(name: name, facility: commandLine.logFacility) }
        let queue = outlet.map { outlet in
            LogQueue(tellingLossBy: { outlet.line(ofLoss: $0) }, write: { outlet.write($0) })
        }
        var logger = Logger(label: "vrrpd") { _ in
            guard let queue, let outlet else { return SwiftLogNoOpLogHandler() }
            return QueuedLogHandler(queue, outlet)
        }
        logger.logLevel = Logger.Level(commandLine.logLevel)
        self.logger = logger
        self.queue = queue
    }

    /// Lets nobody who logs wait any more for who reads; before, a line is written when it is logged.
    ///
    /// Call it when the process has its final number and rights, and all children that log.
    func stopWaiting() {
        do { try queue?.start() } catch {
            logger.warning("Adverts wait where nobody reads the log: \(error)")
        }
    }

    /// Waits until the lines are written, but not for long where nobody reads them.
    ///
    /// - Returns: Whether they are.
    @discardableResult
    func flush() -> Bool { queue?.flush(within: Self.patience) ?? true }
}
