/// Why a host cannot start or run.
public enum HostError: Error, Hashable, Sendable {
    /// The process lacks a right.
    case privilege(PrivilegeError)
    /// Another process runs, or the file that would tell cannot be written.
    case pidFile(PidFile.Failure)
    /// The kernel refused something without which the host cannot work.
    case refused(SystemCallError)
}

extension HostError: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String {
        switch self {
        case .privilege(let error): error.description
        case .pidFile(let error): error.description
        case .refused(let error): error.description
        }
    }
}
