import ArgumentParser
import KeepalivedCompatibility

/// `vrrpctl completions`, for `make install`: what lets a shell complete the options of vrrpd.
struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Prints the script that completes the options of vrrpd.",
        shouldDisplay: false)

    @Argument(help: "The shell: \(shells).", transform: Self.shell)
    var shell: Shell

    private static let shells = Shell.allCases.map(\.rawValue).joined(separator: ", ")

    private static func shell(_ text: String) throws -> Shell {
        guard let shell = Shell(rawValue: text) else { throw ValidationError("allowed is one of \(shells)") }
        return shell
    }

    func run() { print(KeepalivedCommandLine.completions(of: "vrrpd", for: shell), terminator: "") }
}
