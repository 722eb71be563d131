/// Why the operator cannot go on with something.
enum OperatorError: Error {
    /// Some of it could not be written.
    case unfinished(String)
}

extension OperatorError: CustomStringConvertible {
    /// One sentence without a full stop.
    var description: String {
        switch self {
        case .unfinished(let failure): failure
        }
    }
}
