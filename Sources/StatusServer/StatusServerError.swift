import Glibc
public import Telemetry

/// Why the server cannot listen.
public struct StatusServerError: Error, Sendable, Equatable {
    /// Where it was to listen.
    public let address: ListenAddress
    /// The error number of the system.
    public let errorNumber: Int32

    /// Whether an IPv4 address might do.
    var isForWantOfIPv6: Bool { errorNumber == EAFNOSUPPORT || errorNumber == EADDRNOTAVAIL }
}

extension StatusServerError: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String {
        let reason = strerror(errorNumber).map { String(cString: $0) } ?? "error \(errorNumber)"
        return "\(address) cannot be listened on: \(reason)"
    }
}
