import Glibc

/// Why a client has no answer of vrrpd.
public enum ControlClientError: Error, Sendable, Equatable {
    /// The path does not fit the address of a socket.
    case pathTooLong(String)
    /// Nobody could be reached at the path; the number is that of the system's error.
    case unreachable(path: String, errorNumber: Int32)
    /// The connection broke.
    case broken(reason: String)
    /// vrrpd hung up.
    case closed
    /// The answer did not come in time.
    case timedOut
    /// The answer is longer than an answer may be.
    case answerTooLong
    /// The answer is not one of this version of the protocol.
    case notUnderstood(ControlAnswerError)
    /// The answer is one to another request; what was expected instead.
    case unexpected(String)
    /// vrrpd refused the request.
    case refused(String)
}

extension ControlClientError: CustomStringConvertible {
    /// One sentence for people, without a full stop.
    public var description: String {
        switch self {
        case .pathTooLong(let path): "\(path) is too long for the path of a socket, which holds 107 octets"
        case .unreachable(let path, let number):
            "no vrrpd answers at \(path): \(reasonText(number)); \(Self.advice(number))"
        case .broken(let reason):
            "the connection to vrrpd broke: \(reason); try again, and see whether vrrpd still runs"
        case .closed: "vrrpd hung up; try again, and if it is gone, its log says why"
        case .timedOut: "vrrpd did not answer in time; see whether its process is stopped, or short of processor time"
        case .answerTooLong:
            "the answer is longer than \(ControlEndpoint.longestAnswer) octets; see whether it is vrrpd that has the socket"
        case .notUnderstood(let error): "vrrpd's answer is not understood: \(error)"
        case .unexpected(let expected): "vrrpd's answer is not \(expected)"
        case .refused(let error): "vrrpd refused: \(error)"
        }
    }

    /// What to do about a socket that cannot be reached.
    private static func advice(_ number: Int32) -> String {
        switch number {
        case EACCES, EPERM:
            "run this as root, or as a member of the group that vrrpd --control-group names, and see to it that its folder can "
                + "be entered"
        case ECONNREFUSED: "whoever made the socket has ended; start vrrpd again"
        case EAGAIN: "too many clients wait for it; is it stopped?"
        default: "is it running? Another path is given with --control-socket"
        }
    }
}

/// What the C library says about an error number.
func reasonText(_ number: Int32) -> String { strerror(number).map { String(cString: $0) } ?? "error \(number)" }
