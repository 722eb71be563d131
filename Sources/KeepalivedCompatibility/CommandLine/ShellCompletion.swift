/// A shell that completes command lines.
public enum Shell: String, Hashable, Sendable, CaseIterable {
    case bash, zsh, fish
}

extension KeepalivedCommandLine {
    /// The script by which a shell completes the options of the daemon, those that do something, and their values.
    ///
    /// - Parameter program: the name that is typed.
    public static func completions(of program: String, for shell: Shell) -> String {
        let options = options.filter { $0.effect == .works }
        return switch shell {
        case .bash: bash(program, options)
        case .zsh: zsh(program, options)
        case .fish: fish(program, options)
        }
    }

    private static func bash(_ program: String, _ options: [OptionDescription]) -> String {
        var cases: [String] = []
        for option in options {
            guard let (words, isRequired) = option.value.words else { continue }
            let names = isRequired ? option.names : option.names.map { "\($0)=" }
            cases.append("        \(names.joined(separator: "|"))) \(words.bash); return ;;")
        }
        return """
            # Completions of \(program) for bash.
            _\(program)() {
                local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD-1]} joined=
                # bash takes `=` for a word of its own.
                if [[ $word == = ]]; then
                    word= joined='='
                elif [[ $option == = ]]; then
                    option=${COMP_WORDS[COMP_CWORD-2]} joined='='
                fi
                COMPREPLY=()
                case $option in
            \(cases.filter { !$0.contains("=)") }.joined(separator: "\n"))
                esac
                case $option$joined in
            \(cases.filter { $0.contains("=)") }.joined(separator: "\n"))
                esac
                mapfile -t COMPREPLY < <(compgen -W '\(options.flatMap(\.names).joined(separator: " "))' -- "$word")
            }
            complete -F _\(program) \(program)

            """
    }

    private static func zsh(_ program: String, _ options: [OptionDescription]) -> String {
        let lines = options.map { option in
            let text = option.summary.escaped(["\\", "[", "]", ":"]).replacing("'", with: "'\\''")
            let (short, long, value) =
                switch option.value {
                case .none: ("", "", "")
                case .required(let name, let words): ("+", "=", ":\(name):\(words.zsh)")
                case .optional(let name, let words): ("-", "=-", "::\(name):\(words.zsh)")
                }
            let names = [option.short.map { "-\($0)\(short)" }, option.long.map { "--\($0)\(long)" }].compactMap { $0 }
            let spelled =
                names.count > 1
                ? "'(\(option.names.joined(separator: " ")))'{\(names.joined(separator: ","))}" : "'\(names.joined())'"
            return "    \(spelled)'[\(text)]\(value)'"
        }
        return """
            #compdef \(program)
            _arguments -s -S \\
            \(lines.joined(separator: " \\\n"))

            """
    }

    private static func fish(_ program: String, _ options: [OptionDescription]) -> String {
        let lines = options.map { option in
            let names = [option.short.map { " -s \($0)" }, option.long.map { " -l \($0)" }].compactMap { $0 }.joined()
            let value =
                switch option.value {
                case .none: ""
                case .required(_, let words): " -r\(words.fish)"
                case .optional(_, let words): words.fish
                }
            return "complete -c \(program)\(names)\(value) -d '\(option.summary.escaped(["\\", "'"]))'"
        }
        return "complete -c \(program) -f\n" + lines.joined(separator: "\n") + "\n"
    }
}

extension OptionDescription {
    /// The names with their hyphens, the short one first.
    public var names: [String] { [short.map { "-\($0)" }, long.map { "--\($0)" }].compactMap { $0 } }
}

extension OptionDescription.Value {
    fileprivate var words: (OptionDescription.Words, isRequired: Bool)? {
        switch self {
        case .none: nil
        case .required(_, let words): (words, true)
        case .optional(_, let words): (words, false)
        }
    }
}

extension OptionDescription.Words {
    fileprivate var bash: String {
        switch self {
        case .anything: ":"
        case .files: "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$word\")"
        case .groups: "mapfile -t COMPREPLY < <(compgen -g -- \"$word\")"
        case .these(let words):
            "mapfile -t COMPREPLY < <(compgen -W '\(words.joined(separator: " "))' -- \"$word\")"
        }
    }

    fileprivate var zsh: String {
        switch self {
        case .anything: " "
        case .files: "_files"
        case .groups: "_groups"
        case .these(let words): "(\(words.joined(separator: " ")))"
        }
    }

    fileprivate var fish: String {
        switch self {
        case .anything: " -x"
        case .files: " -F"
        case .groups: " -x -a '(__fish_complete_groups)'"
        case .these(let words): " -x -a '\(words.joined(separator: " "))'"
        }
    }
}

extension String {
    /// The text with a backslash before each of some characters.
    fileprivate func escaped(_ special: Set<Character>) -> String {
        reduce(into: "") { text, character in
            if special.contains(character) { text.append("\\") }
            text.append(character)
        }
    }
}
