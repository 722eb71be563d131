import Glibc

/// A system call that failed: which one, on what, and the kernel's reason.
public struct SystemCallError: Error, Hashable, Sendable {
    /// The name of the call, or of the option that it was to set.
    public let call: String
    /// What it was called on, as a path or an interface; nil where the name of the call says it all.
    public let subject: String?
    /// The kernel's number for the reason, as in errno(3).
    public let errorNumber: Int32

    /// Describes a failed call.
    public init(_ call: String, on subject: String? = nil, errorNumber: Int32) {
        self.call = call
        self.subject = subject
        self.errorNumber = errorNumber
    }

    /// The same failure with what the call was made on.
    func on(_ subject: String) -> SystemCallError {
        SystemCallError(call, on: subject, errorNumber: errorNumber)
    }
}

extension SystemCallError: CustomStringConvertible {
    /// One sentence without a full stop: `bind /run/vrrpd.sock: Address already in use`.
    public var description: String {
        let name = subject.map { "\(call) \($0)" } ?? call
        return "\(name): \(Self.text(of: errorNumber))"
    }

    /// The C library's text for an error number.
    static func text(of errorNumber: Int32) -> String {
        guard let text = strerror(errorNumber) else { return "error \(errorNumber)" }
        return String(cString: text)
    }
}
