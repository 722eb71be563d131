/// Why the process cannot run with the rights that it needs, and no others.
public enum PrivilegeError: Error, Hashable, Sendable {
    /// The process lacks a capability, named as in capabilities(7), that it needs for the given purpose.
    case missing(capability: String, purpose: String)
    /// The kernel refused a step.
    case refused(SystemCallError)
}

extension PrivilegeError: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String {
        switch self {
        case .missing(let capability, let purpose):
            "\(capability) is missing, which is needed \(purpose): run as root or grant the capability"
        case .refused(let error): error.description
        }
    }
}
