import ControlProtocol
import JSONDocument

extension ManualPage {
    /// Makes the page of a program from what its parser tells of itself.
    init(_ program: JSONReader) throws(JSONFieldError) {
        let name = try program.member("commandName").string()
        // What kubectl finds is for everybody, the others are for whoever runs the system.
        let isForAll = name.hasPrefix("kubectl-")
        self.init(of: name, section: isForAll ? 1 : 8, purpose: try Self.words(program, "abstract"))
        let commands = try Self.commands(of: program)
        begin("SYNOPSIS")
        if commands.isEmpty { try synopsis(of: program, name) }
        for command in commands {
            try synopsis(of: command, name, try command.member("commandName").string())
            line(".Pp")
        }
        if commands.isEmpty {
            begin("DESCRIPTION")
            try describe(program)
        } else {
            begin("COMMANDS")
            let usual = try program.optionalMember("defaultSubcommand")?.string()
            for command in commands {
                let commandName = try command.member("commandName").string()
                line(".Ss \(commandName)")
                try describe(command)
                if commandName == usual { write("It may be left out: it is what is done without a command.") }
            }
        }
        if name == "vrrpctl" { writeSurroundings() }
    }

    private mutating func synopsis(of command: JSONReader, _ name: String, _ word: String? = nil) throws(JSONFieldError)
    {
        line(".Nm \(name)")
        if let word { line(".Cm \(word)") }
        for argument in try Self.arguments(of: command) { line(try Self.synopsis(of: argument)) }
    }

    private mutating func describe(_ command: JSONReader) throws(JSONFieldError) {
        write(try Self.words(command, "abstract"))
        let discussion = try Self.words(command, "discussion")
        if !discussion.isEmpty {
            line(".Pp")
            write(discussion)
        }
        var items: [(String, String)] = []
        for argument in try Self.arguments(of: command) {
            var sentence = try Self.words(argument, "abstract")
            var words: [String] = []
            for value in try argument.optionalMember("allValues")?.elements() ?? [] { words.append(try value.string()) }
            if !words.isEmpty { sentence += " One of \(words.joined(separator: ", "))." }
            if let value = try argument.optionalMember("defaultValue")?.string() {
                sentence += " Without it \(value)."
            }
            items.append((try Self.names(of: argument), sentence))
        }
        list(items)
    }

    private mutating func writeSurroundings() {
        begin("FILES")
        list([
            (
                "Pa \(ControlEndpoint.defaultPath)",
                "The socket that vrrpd answers on unless it was started with another one."
            )
        ])
        begin("ENVIRONMENT")
        list([("Ev NO_COLOR", "Anything but an empty text keeps a terminal free of colours.")])
        begin("EXIT STATUS")
        write("0 when done, 1 when vrrpd or a file stood in the way, 64 for a wrong command line.")
        begin("SEE ALSO")
        line(".Xr tshark 1 ,")
        line(".Xr vrrpd 8")
    }

    /// The commands that people are told of, but for `help`.
    private static func commands(of program: JSONReader) throws(JSONFieldError) -> [JSONReader] {
        var commands: [JSONReader] = []
        for command in try program.optionalMember("subcommands")?.elements() ?? []
        where try command.optionalMember("shouldDisplay")?.bool() ?? true {
            if try command.member("commandName").string() != "help" { commands.append(command) }
        }
        return commands
    }

    /// The arguments that people are told of, those that every command has left out.
    private static func arguments(of command: JSONReader) throws(JSONFieldError) -> [JSONReader] {
        var result: [JSONReader] = []
        for argument in try command.optionalMember("arguments")?.elements() ?? []
        where try argument.member("shouldDisplay").bool() {
            let name = try argument.optionalMember("preferredName")?.member("name").string()
            if name != "help", name != "version" { result.append(argument) }
        }
        return result
    }

    private static func synopsis(of argument: JSONReader) throws(JSONFieldError) -> String {
        var parts: [String] = []
        if let name = try argument.optionalMember("preferredName") { parts.append("Fl \(try spelled(name))") }
        if try argument.member("kind").string() != "flag" {
            parts.append("Ar \(escaped(try words(argument, "valueName")))")
        }
        if try argument.member("isRepeating").bool() { parts.append("...") }
        return try argument.member("isOptional").bool()
            ? ".Op \(parts.joined(separator: " "))" : ".\(parts.joined(separator: " "))"
    }

    private static func names(of argument: JSONReader) throws(JSONFieldError) -> String {
        let value =
            try argument.member("kind").string() == "flag" ? "" : " Ar \(escaped(try words(argument, "valueName")))"
        var names: [String] = []
        for name in try argument.optionalMember("names")?.elements() ?? [] { names.append("Fl \(try spelled(name))") }
        return names.isEmpty ? String(value.dropFirst()) : names.joined(separator: " , ") + value
    }

    /// A name behind the hyphen that mdoc writes itself.
    private static func spelled(_ name: JSONReader) throws(JSONFieldError) -> String {
        let isShort = try name.member("kind").string() == "short"
        return (isShort ? "" : "-") + escaped(try name.member("name").string())
    }

    private static func words(_ reader: JSONReader, _ member: String) throws(JSONFieldError) -> String {
        try reader.optionalMember(member)?.string() ?? ""
    }
}
