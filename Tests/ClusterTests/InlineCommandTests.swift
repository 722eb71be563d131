import Foundation
import NetworkLab
import Testing

/// Commands in sentences and tables of the documentation are not run, for many are meant as names or have no arguments; but
/// what they name is there.
@Suite("Commands in running text of the documentation", .timeLimit(.minutes(2)))
struct InlineCommandTests {
    private static let commands = (try? InlineCommand.all()) ?? []

    /// Those that do not know `--experimental-dump-help`: their help names the options.
    private static let withPlainHelp: Set = ["vrrpd", "vrrp-lab", "vrrp-ipfailover", "keepalived-exporter"]
    /// What the argument parser of the others takes beside what it tells.
    private static let always: Set = [
        "--help", "-h", "--version", "--generate-completion-script", "--experimental-dump-help",
    ]

    @Test("There are some of each kind, in sentences, in tables, and over the end of a line")
    func collected() {
        let texts = Set(Self.commands.map { $0.words.joined(separator: " ") })
        #expect(
            texts.isSuperset(of: [
                "vrrpctl status", "vrrpd --log-level LEVEL", "vrrp-agent --manifests DIR",
                "make install KEEPALIVED=yes",
                "kubectl virtualips", "kubectl get virtualrouters", "vrrpctl completions bash",
            ]), "\(texts.sorted())")
    }

    @Test("What make is told to make is there")
    func make() throws {
        let commands = Self.commands.filter { $0.program == "make" }
        #expect(!commands.isEmpty)
        for command in commands {
            #expect(throws: Never.self, "\(command)") {
                try Program.run("make", ["--dry-run", "--directory", Project.file(".")] + command.arguments)
            }
        }
        #expect(throws: (any Error).self) {
            try Program.run("make", ["--dry-run", "--directory", Project.file("."), "no-such-target"])
        }
    }

    @Test("Subcommands and options of this project's programs are there")
    func ownPrograms() throws {
        var problems: [String] = []
        for command in Self.commands where DocumentedCommand.ownPrograms.contains(command.program) {
            if Self.withPlainHelp.contains(command.program) {
                let help = Set(try Program.run(Self.path(command.program), ["--help"]).split { " ,=[\n".contains($0) })
                problems += command.options.filter { !help.contains($0[...]) }.map { "\(command): no option \($0)" }
            } else {
                problems += try Self.problems(of: command, Self.help(of: command.program))
            }
        }
        #expect(problems == [])
    }

    @Test(
        "A subcommand or an option that is not there is found",
        arguments: [
            ("vrrpctl status", 0), ("vrrpctl state", 1), ("vrrpctl status --wide", 1), ("vrrpctl manual vrrpd", 0),
            ("vrrpctl status -o wide --json", 0), ("vrrp-agent --manifests DIR", 0), ("vrrp-agent --manifest DIR", 1),
            ("vrrp-agent plan --dry-run", 0), ("vrrp-agent plan --node NAME", 1), ("kubectl virtualips --all", 1),
            ("kubectl virtualips -o json", 0), ("vrrpctl --generate-completion-script bash", 0),
        ])
    func found(_ text: String, _ count: Int) throws {
        let command = InlineCommand(page: "", line: 0, words: text.split(separator: " ").map(String.init))
        let problems = try Self.problems(of: command, Self.help(of: command.program))
        #expect(problems.count == count, "\(problems)")
    }

    @Test(
        "Verbs and options of kubectl are there",
        .enabled(
            if: ControlPlane.assets != nil || Prerequisite.isRequired,
            "there is no kubectl, which make cluster-assets builds"))
    func kubectl() throws {
        let program = try #require(ControlPlane.assets) + "/kubectl"
        let verbs = try Program.run(program, ["--help"])
        let general = try Program.run(program, ["options"])
        let commands = Self.commands.filter { $0.program == "kubectl" }
        #expect(!commands.isEmpty)
        for command in commands {
            let verb = try #require(Self.verb(of: command), "\(command)")
            #expect(verbs.contains("\n  \(verb) "), "\(command): no verb \(verb)")
            let help = try Program.run(program, [verb, "--help"]) + general
            let known = Set(help.split { " ,=:\n".contains($0) })
            for option in command.options { #expect(known.contains(option[...]), "\(command): no option \(option)") }
        }
    }

    /// The first word that is neither an option nor the value of one.
    private static func verb(of command: InlineCommand) -> String? {
        var words = command.arguments[...]
        while let word = words.first, word.hasPrefix("-") { words = words.dropFirst(word.contains("=") ? 1 : 2) }
        return words.first
    }

    private static func path(_ program: String) -> String { "\(Programs.directory)/\(program)" }

    /// A part of what the argument parser tells of a command.
    private struct Help: Decodable {
        struct Argument: Decodable {
            struct Name: Decodable { var kind: String, name: String }

            var names: [Name]?
        }

        var commandName: String
        var subcommands: [Help]?
        var arguments: [Argument]?
        var defaultSubcommand: String?

        var options: Set<String> {
            Set((arguments ?? []).flatMap { $0.names ?? [] }.map { ($0.kind == "short" ? "-" : "--") + $0.name })
        }
        func subcommand(_ name: String?) -> Help? { subcommands?.first { $0.commandName == name } }
    }

    private static func help(of program: String) throws -> Help {
        struct Root: Decodable { var command: Help }
        let text = try Program.run(path(program), ["--experimental-dump-help"])
        return try JSONDecoder().decode(Root.self, from: Data(text.utf8)).command
    }

    private static func problems(of command: InlineCommand, _ help: Help) throws -> [String] {
        var options = help.options.union(always)
        if let first = command.arguments.first, !first.hasPrefix("-"), help.subcommands != nil {
            guard let subcommand = help.subcommand(first) else { return ["\(command): no subcommand \(first)"] }
            options = subcommand.options.union(always)
        } else if let subcommand = help.subcommand(help.defaultSubcommand) {
            options.formUnion(subcommand.options)
        }
        return command.options.filter { !options.contains($0) }.map { "\(command): no option \($0)" }
    }
}
