import CLinux
import Glibc

/// The network that a process sees: its interfaces, addresses, routes and packet filters (network_namespaces(7)).
public enum NetworkNamespace {
    /// Why a namespace cannot be entered.
    public enum Failure: Error, Hashable, Sendable {
        /// Nothing is under the path.
        case missing(path: String)
        /// There is something under the path that is not a network namespace.
        case notANamespace(path: String)
        /// The process lacks the right.
        case privilege(PrivilegeError)
        /// The kernel refused a step.
        case refused(SystemCallError)
    }

    /// The folder in which `ip netns add` gives namespaces their names.
    private static let folder = "/run/netns"

    /// Moves the calling thread, and threads and programs that it starts from now on, into a namespace.
    ///
    /// Sockets stay where they were opened: call before any is, and before capabilities are dropped (CAP_SYS_ADMIN).
    /// Only the network changes; files such as those in `/run` are shared with the namespace that was left.
    ///
    /// - Parameter name: a name as `ip netns` lists it, or an absolute path such as `/proc/42/ns/net`.
    public static func enter(_ name: String) throws(Failure) {
        let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
        let opened = retrying { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard opened.result >= 0 else {
            if opened.errorNumber == ENOENT { throw .missing(path: path) }
            throw .refused(SystemCallError("open", on: path, errorNumber: opened.errorNumber))
        }
        let file = FileDescriptor(owning: opened.result)
        let number = file.rawValue
        let entered = retrying { clinux_setns(number, CLINUX_NAMESPACE_NETWORK) }
        guard entered.result == 0 else {
            switch entered.errorNumber {
            case EINVAL: throw .notANamespace(path: path)
            case EPERM:
                throw .privilege(.missing(capability: "CAP_SYS_ADMIN", purpose: "to enter a network namespace"))
            default: throw .refused(SystemCallError("setns", on: path, errorNumber: entered.errorNumber))
            }
        }
    }
}

extension NetworkNamespace.Failure: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String {
        switch self {
        case .missing(let path): "there is no network namespace \(path)"
        case .notANamespace(let path): "\(path) is not a network namespace"
        case .privilege(let error): error.description
        case .refused(let error): error.description
        }
    }
}
