/// One option of the command line.
struct CommandLineOption: Sendable {
    /// The letter behind one hyphen; nil where it has none.
    let short: Character?
    /// The name behind two hyphens; nil where it has none.
    let long: String?
    /// Whether a value follows, with its name in the usage.
    let value: Value
    /// What it is for.
    let summary: String
    /// What follows from it.
    let effect: Effect

    /// Whether a value follows an option.
    enum Value: Hashable, Sendable {
        case none
        case required(String)
        /// Only joined to the option: `-tFILE`, `--config-test=FILE`.
        case optional(String)
    }

    /// What follows from an option.
    enum Effect: Sendable {
        /// It changes what the program does.
        case set(@Sendable (inout KeepalivedCommandLine, OptionReader.Use) throws(CommandLineError) -> Void)
        /// Nothing, for the given reason.
        case ignored(String)
        /// The program does not start, for the given reason.
        case refused(String)
    }

    init(_ short: Character?, _ long: String?, _ summary: String, _ effect: Effect) {
        self.init(short, long, .none, summary, effect)
    }

    init(_ short: Character?, _ long: String?, _ value: Value, _ summary: String, _ effect: Effect) {
        self.short = short
        self.long = long
        self.value = value
        self.summary = summary
        self.effect = effect
    }
}

extension CommandLineOption.Effect {
    /// Keeps the value of the option in a field.
    static func keep(_ field: any WritableKeyPath<KeepalivedCommandLine, String?> & Sendable) -> Self {
        .set { commandLine, use in commandLine[keyPath: field] = use.value }
    }

    /// Keeps the meaning of the option's value in a field, and refuses a value that has none.
    static func keep<Value: Sendable>(
        _ format: ValueFormat<Value>, _ field: any WritableKeyPath<KeepalivedCommandLine, Value?> & Sendable
    ) -> Self {
        .set { commandLine, use throws(CommandLineError) in
            let text = use.value ?? ""
            guard let value = format.read(text) else {
                throw .valueNotAllowed(option: use.written, value: text, allowed: format.allowed)
            }
            commandLine[keyPath: field] = value
        }
    }

    /// Turns a field on, or off.
    static func turn(
        _ field: any WritableKeyPath<KeepalivedCommandLine, Bool> & Sendable, on value: Bool = true
    ) -> Self {
        .set { commandLine, _ in commandLine[keyPath: field] = value }
    }
}
