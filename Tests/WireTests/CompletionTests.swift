import Foundation
import NetworkLab
import Testing

/// Completions as the shells that they are for take them.
@Suite("Completions for zsh and fish", .needs([.zsh, .fish]), .timeLimit(.minutes(1)))
struct CompletionTests {
    private static let programs = ["vrrpd", "vrrpctl", "vrrp-agent", "kubectl-virtualips"]

    /// Writes the scripts of all programs for a shell.
    private static func withScripts(
        for shell: String, _ name: (String) -> String, _ body: (String) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "completions-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for program in programs {
            let script =
                program == "vrrpd"
                ? try await InstallTests.run(Programs.vrrpctl, "completions", shell)
                : try await InstallTests.run("\(Programs.directory)/\(program)", "--generate-completion-script", shell)
            try script.write(toFile: "\(directory)/\(name(program))", atomically: true, encoding: .utf8)
        }
        try await body(directory)
    }

    @Test("zsh takes each script, and knows by its first line which program it is for")
    func zsh() async throws {
        try await Self.withScripts(for: "zsh", { "_\($0)" }) { directory in
            for program in Self.programs { try await InstallTests.run("zsh", "-n", "\(directory)/_\(program)") }
            let script = """
                fpath=('\(directory)' $fpath); autoload -Uz compinit; compinit -u -D
                for program in \(Self.programs.joined(separator: " ")); do print $program ${_comps[$program]}; done
                """
            let known = try await InstallTests.run("zsh", "-f", "-c", script).split(separator: "\n")
            #expect(known == Self.programs.map { "\($0) _\($0)" })
        }
    }

    @Test("fish takes each script, and completes subcommands, options and their values by it")
    func fish() async throws {
        try await Self.withScripts(for: "fish", { "\($0).fish" }) { directory in
            for program in Self.programs {
                try await InstallTests.run("fish", "--no-execute", "\(directory)/\(program).fish")
            }
            let lines: [(line: String, words: [String])] = [
                ("vrrpd --log-level ", ["debug", "error", "info", "notice", "warning"]),
                ("vrrpd --log-l", ["--log-level"]), ("vrrpctl sta", ["status"]), ("vrrp-agent pl", ["plan"]),
                ("kubectl-virtualips --output ", ["json", "table", "wide"]),
            ]
            for (line, words) in lines {
                let program = line.prefix { $0 != " " }
                // Its directory of settings, if there is one, is not for tests.
                let offered = try await InstallTests.run(
                    "env", "HOME=\(directory)", "PATH=\(Programs.directory):/usr/bin:/bin", "fish", "--no-config", "-c",
                    "source '\(directory)/\(program).fish'; complete -C '\(line)'")
                let first = offered.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
                #expect(first.sorted() == words, "\(line): \(offered)")
            }
        }
    }
}
