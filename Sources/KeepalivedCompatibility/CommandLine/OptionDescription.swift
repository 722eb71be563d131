import VRRPEngine

/// What a manual or a shell has to know of one option of the command line.
public struct OptionDescription: Hashable, Sendable {
    /// The letter behind one hyphen; nil where it has none.
    public let short: Character?
    /// The name behind two hyphens; nil where it has none.
    public let long: String?
    /// Whether a value follows.
    public let value: Value
    /// What it is for.
    public let summary: String
    /// What it does here.
    public let effect: Effect

    /// Whether a value follows, with its name.
    public enum Value: Hashable, Sendable {
        case none
        case required(String, Words)
        /// Only joined to the option.
        case optional(String, Words)
    }

    /// What a value may be, as far as a shell can offer it.
    public enum Words: Hashable, Sendable {
        case anything
        case files
        case groups
        case these([String])
    }

    /// What an option does.
    public enum Effect: Hashable, Sendable {
        case works
        /// Nothing, for the given reason.
        case none(String)
        /// The program does not start, for the given reason.
        case refused(String)
    }
}

extension KeepalivedCommandLine {
    /// Every option, in the order of the usage.
    public static let options = CommandLineOption.all.map { option in
        let effect: OptionDescription.Effect =
            switch option.effect {
            case .set: .works
            case .ignored(let reason): .none(reason)
            case .refused(let reason): .refused(reason)
            }
        let value: OptionDescription.Value =
            switch option.value {
            case .none: .none
            case .required(let name): .required(name, option.words(name))
            case .optional(let name): .optional(name, option.words(name))
            }
        return OptionDescription(
            short: option.short, long: option.long, value: value, summary: option.summary, effect: effect)
    }
}

extension CommandLineOption {
    fileprivate func words(_ valueName: String) -> OptionDescription.Words {
        switch (long, valueName) {
        case ("signum", _): .these(SignalName.names)
        case (_, "LEVEL"): .these(LogLevel.allCases.map(\.rawValue))
        case (_, "FACILITY"): .these(["user", "daemon"] + (0...7).map { "local\($0)" })
        case (_, "GROUP"): .groups
        case (_, "FILE"), (_, "PATH"): .files
        default: .anything
        }
    }
}
