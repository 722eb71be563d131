/// How a program ended.
public enum ExitStatus: Hashable, Sendable {
    /// It returned this number.
    case exited(Int32)
    /// This signal ended it.
    case signalled(Int32)

    /// Whether it returned 0.
    public var isSuccess: Bool { self == .exited(0) }

    /// Reads the status that waitpid(2) reports for a process that has ended.
    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .exited(waitStatus >> 8 & 0xff) : .signalled(signal)
    }
}

extension ExitStatus: CustomStringConvertible {
    /// The end in words: `exit status 1`, `ended by signal 9`.
    public var description: String {
        switch self {
        case .exited(let status): "exit status \(status)"
        case .signalled(let number): "ended by signal \(number)"
        }
    }
}
