import ArgumentParser
import VRRPEngine

/// `vrrpctl check`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Says what is wrong with a keepalived.conf or a definitions.json.",
        discussion: """
            Each finding has file, line and what would be right. The exit status is 0 where the file can be used, 1 where it \
            cannot, or with --strict where there is anything to say. vrrpd -t also looks whether the users of scripts exist.
            """)

    @OptionGroup var file: ConfigurationFileOptions

    @Flag(help: "Take warnings for errors.")
    var strict = false

    func run() throws {
        let reading = try file.read()
        for sentence in reading.errors { print("\(sentence)") }
        for sentence in reading.warnings { print("\(sentence) (warning)") }
        guard reading.errors.isEmpty, !strict || reading.warnings.isEmpty else { throw ExitCode.failure }
        let count = reading.definitions?.virtualRouters.count ?? 0
        print("\(file.file): can be used, \(count) virtual \(count == 1 ? "router" : "routers")")
    }
}
