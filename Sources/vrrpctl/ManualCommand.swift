import ArgumentParser
import ControlProtocol
import JSONDocument

/// `vrrpctl manual`, for `make install`: the manual page, made of the same words as `--help`.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Prints the manual page.", shouldDisplay: false)

    func run() throws {
        let dump = JSONReader(try JSONNode.parse(Array(VRRPCtl._dumpHelp().utf8)))
        print(try ManualPage(dump.member("command")).text, terminator: "")
    }
}

/// A page of section 8 in the language of mandoc(1), mdoc(7).
struct ManualPage {
    /// The page.
    private(set) var text = ""

    /// Makes the page of a program from what its parser tells of itself.
    init(_ program: JSONReader) throws(JSONFieldError) {
        let name = try program.member("commandName").string()
        line(".Dd $Mdocdate$")
        line(".Dt \(name.uppercased()) 8")
        line(".Os")
        line(".Sh NAME")
        line(".Nm \(name)")
        line(".Nd \(Self.escaped(try Self.words(program, "abstract").trimmingFullStop))")
        var commands: [JSONReader] = []
        for command in try program.member("subcommands").elements()
        where try command.optionalMember("shouldDisplay")?.bool() ?? true {
            if try command.member("commandName").string() != "help" { commands.append(command) }
        }
        line(".Sh SYNOPSIS")
        for command in commands {
            line(".Nm \(name)")
            line(".Cm \(try command.member("commandName").string())")
            for argument in try Self.arguments(of: command) { line(try Self.synopsis(of: argument)) }
            line(".Pp")
        }
        line(".Sh COMMANDS")
        for command in commands { try describe(command) }
        line(".Sh FILES")
        line(".Bl -tag -width Ds")
        line(".It Pa \(ControlEndpoint.defaultPath)")
        line("The socket that vrrpd answers on unless it was started with another one.")
        line(".El")
        line(".Sh ENVIRONMENT")
        line(".Bl -tag -width Ds")
        line(".It Ev NO_COLOR")
        line("Anything but an empty text keeps a terminal free of colours.")
        line(".El")
        line(".Sh EXIT STATUS")
        line("0 when done, 1 when vrrpd or a file stood in the way, 64 for a wrong command line.")
        line(".Sh SEE ALSO")
        line(".Xr tshark 1")
    }

    private mutating func line(_ line: String) { text += line + "\n" }

    private mutating func describe(_ command: JSONReader) throws(JSONFieldError) {
        line(".Ss \(try command.member("commandName").string())")
        line(Self.escaped(try Self.words(command, "abstract")))
        let discussion = try Self.words(command, "discussion")
        for paragraph in discussion.split(separator: "\n\n") {
            line(".Pp")
            line(Self.escaped(paragraph))
        }
        let arguments = try Self.arguments(of: command)
        guard !arguments.isEmpty else { return }
        line(".Bl -tag -width Ds")
        for argument in arguments {
            line(".It \(try Self.names(of: argument))")
            var sentence = try Self.words(argument, "abstract")
            let values = try argument.optionalMember("allValues")?.elements() ?? []
            var words: [String] = []
            for value in values { words.append(try value.string()) }
            if !words.isEmpty { sentence += " One of \(words.joined(separator: ", "))." }
            if let value = try argument.optionalMember("defaultValue")?.string() {
                sentence += " Without it \(value)."
            }
            line(Self.escaped(sentence))
        }
        line(".El")
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

    /// The number of a character with at least four hexadecimal digits.
    private static func digits(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }

    /// The text as mdoc takes it for text, whatever characters it has.
    private static func escaped(_ text: some StringProtocol) -> String {
        var escaped = text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" : ""
        for character in text {
            switch character {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            case "\n": escaped += " "
            case _ where character.isASCII: escaped.append(character)
            default:
                for scalar in character.unicodeScalars { escaped += "\\[u\(Self.digits(scalar))]" }
            }
        }
        return escaped
    }
}

extension String {
    fileprivate var trimmingFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
