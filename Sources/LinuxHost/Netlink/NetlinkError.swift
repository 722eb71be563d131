import CLinux

/// A request that the kernel refused, or that could not be put to it.
public struct NetlinkError: Error, Hashable, Sendable {
    /// What was asked for: `add 192.0.2.1/24`, `create interface vrrp.51`.
    public let request: String
    /// The kernel's number for the reason, as in errno(3).
    public let errorNumber: Int32
    /// The kernel's own words, where it has any.
    public let explanation: String?

    /// Describes a refused request.
    public init(_ request: String, errorNumber: Int32, explanation: String? = nil) {
        self.request = request
        self.errorNumber = errorNumber
        self.explanation = explanation
    }

    /// The failure of a system call that was made on the way to the kernel.
    init(_ request: String, _ error: SystemCallError) {
        self.init(request, errorNumber: error.errorNumber, explanation: error.description)
    }
}

extension NetlinkError: CustomStringConvertible {
    /// One sentence without a full stop: `create interface vrrp.51: File exists`.
    public var description: String {
        let text = "\(request): \(SystemCallError.text(of: errorNumber))"
        return explanation.map { "\(text) (\($0))" } ?? text
    }
}
