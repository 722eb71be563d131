public import ControlProtocol

/// Why nothing could be gathered.
public indirect enum GatherError: Error, Sendable, Equatable {
    /// Neither does the control socket answer, nor are there files.
    case neither(socket: ControlClientError, files: GatherError)
    /// No process is called keepalived or vrrpd.
    case noDaemon
    /// The file that is to name the process does not name a running keepalived or vrrpd; what it has instead.
    case notNamed(path: String, content: String)
    /// The daemon could not be signalled, by the error number of kill(2).
    case refused(process: Int32, errorNumber: Int32)
    /// The daemon would be ended by the signal.
    case unprepared(process: Int32, signal: Int32)
    /// The daemon did not write a file in time.
    case notWritten(path: String)
    /// A file cannot be read, by the error number.
    case unreadable(path: String, errorNumber: Int32)
    /// A file is not understood.
    case notUnderstood(path: String, DumpError)
}

extension GatherError: CustomStringConvertible {
    /// One sentence for people, without a full stop.
    public var description: String {
        switch self {
        case .noDaemon: "there is no process keepalived or vrrpd"
        case .neither(let socket, let files): "\(socket); and of dump files: \(files)"
        case .notNamed(let path, let content):
            "\(path) has \"\(content)\", which is not the number of a running keepalived or vrrpd"
        case .refused(let process, let number):
            "process \(process) cannot be signalled: \(systemErrorText(number)); "
                + "it takes CAP_KILL, or the daemon's own user"
        case .unprepared(let process, let signal):
            "process \(process) does not handle signal \(signal), which would end it"
        case .notWritten(let path): "the daemon has not written \(path) in time"
        case .unreadable(let path, let number): "\(path) cannot be read: \(systemErrorText(number))"
        case .notUnderstood(let path, let error): "\(path) is not understood: \(error)"
        }
    }
}
