/// Arguments that the program cannot be started with.
public enum CommandLineError: Error, Hashable, Sendable {
    /// No option has this name.
    case unknownOption(String)
    /// Several options begin like this.
    case ambiguousOption(String, candidates: [String])
    /// The option needs a value.
    case missingValue(option: String)
    /// The option takes no value.
    case surplusValue(option: String)
    /// The option does not take the value.
    case valueNotAllowed(option: String, value: String, allowed: String)
    /// No signal has this name.
    case unknownSignal(String)
    /// The option asks for what this program does not do, and to go on without would not be what was meant.
    case refused(option: String, reason: String)

    /// The status that the program exits with; keepalived's own.
    public static let exitStatus: Int32 = 1
}

extension CommandLineError: CustomStringConvertible {
    /// What is wrong and, where it helps, what would be right.
    public var description: String {
        switch self {
        // The first words of these two are keepalived's.
        case .unknownOption(let option): "Unknown option \(visible(option)); -h lists the options"
        case .missingValue(let option): "Missing parameter for option \(visible(option))"
        case .ambiguousOption(let option, let candidates):
            "option \(visible(option)) may be any of \(candidates.joined(separator: ", "))"
        case .surplusValue(let option): "option \(visible(option)) takes no value"
        case .valueNotAllowed(let option, let value, let allowed):
            "option \(visible(option)): \(visible(value)) is not allowed; allowed is \(allowed)"
        case .unknownSignal(let name):
            "Unknown sigfunc \(visible(name)); allowed is \(SignalName.names.joined(separator: ", "))"
        case .refused(let option, let reason): "option \(option) is refused because \(reason)"
        }
    }
}
