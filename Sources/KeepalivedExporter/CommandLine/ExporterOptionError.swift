/// Why a command line cannot be used.
public enum ExporterOptionError: Error, Sendable, Equatable {
    /// There is no such flag.
    case unknown(String)
    /// A flag has no value.
    case missingValue(String)
    /// A flag has a value that it cannot have.
    case wrongValue(String, String, allowed: String)
}

extension ExporterOptionError: CustomStringConvertible {
    /// One sentence; the first two are those of Go.
    public var description: String {
        switch self {
        case .unknown(let name): "flag provided but not defined: -\(name)"
        case .missingValue(let name): "flag needs an argument: -\(name)"
        case .wrongValue(let name, let value, let allowed): "-\(name) is \"\(value)\"; allowed is \(allowed)"
        }
    }
}
