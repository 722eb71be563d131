import Foundation
import NetworkLab
import Testing

/// Manual pages and completions as `make install` puts them in place, made by the programs that lie beside the tests.
@Suite("Manual pages and completions", .timeLimit(.minutes(2)))
struct InstallTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        .standardizedFileURL.path()

    /// A program with what is installed of it.
    struct Installed: Sendable, CustomTestStringConvertible {
        let program: String
        let section: Int
        /// What its page must have.
        let words: [String]

        var testDescription: String { program }
        var page: String { "share/man/man\(section)/\(program).\(section)" }
        var completions: [String] {
            [
                "share/bash-completion/completions/\(program)", "share/zsh/site-functions/_\(program)",
                "share/fish/vendor_completions.d/\(program).fish",
            ]
        }
    }

    private static let installed = [
        Installed(program: "vrrpctl", section: 8, words: [".Ss status", ".Sh EXIT STATUS", ".Xr vrrpd 8"]),
        Installed(
            program: "vrrpd", section: 8,
            words: [
                ".It Fl f , Fl -use\\-file Ar FILE", ".It Fl -log\\-level Ar LEVEL",
                ".It Fl t , Fl -config\\-test Op Ar FILE", ".Sh SIGNALS", ".Xr vrrpctl 8",
            ]),
        Installed(program: "vrrp-agent", section: 8, words: [".Ss run", ".Ss plan", "Fl -manifests"]),
        Installed(
            program: "kubectl-virtualips", section: 1, words: ["Fl -output", "Exit status: 0 where every address"]),
    ]

    @Test("Each program has a page that the formatter takes without a word, and completions that shells can read")
    func documents() async throws {
        try await Self.withDirectory { directory in
            try await Self.run(
                "make", "install-documents", "--directory", Self.root, "binaries=\(Programs.directory)",
                "DESTDIR=\(directory)", "prefix=/usr", "AGENT=yes", "KUBECTL=yes")
            for installed in Self.installed {
                let page = "\(directory)/usr/\(installed.page)"
                let text = try String(contentsOfFile: page, encoding: .utf8)
                #expect(text.contains(".Dt \(installed.program.uppercased()) \(installed.section)\n"))
                for words in installed.words {
                    #expect(text.contains(words), "\(installed.program): \(words)")
                }
                try Self.checkStructure(of: text, installed.program)
                if Programs.path(of: "groff") != nil {
                    let warnings = try await Self.run("sh", "-c", "groff -mdoc -Tutf8 -ww -z '\(page)' 2>&1")
                    #expect(warnings == "", "\(installed.program)")
                }
                for path in installed.completions {
                    let script = try String(contentsOfFile: "\(directory)/usr/\(path)", encoding: .utf8)
                    #expect(script.contains(installed.program), "\(path)")
                }
                try await Self.run("bash", "-n", "\(directory)/usr/\(installed.completions[0])")
            }
        }
    }

    @Test(
        "bash completes vrrpd's options and their values, with = and without",
        arguments: [
            (["--log-l"], "--log-level"), (["--log-level", "n"], "notice"), (["--log-level", "=", "w"], "warning"),
            (["--log-level", "="], "debug info notice warning error"), (["--signum", "J"], "JSON"),
            (["--real-time-priority", ""], ""), (["--control-group", "roo"], "root"),
            (["--config-test", "=", "/etc/passw"], "/etc/passwd"), (["--definitions", "/etc/passw"], "/etc/passwd"),
            (["--snm"], ""),
        ])
    func bash(_ words: [String], _ expected: String) async throws {
        let line = words.map { "'\($0)'" }.joined(separator: " ")
        let script = """
            eval "$('\(Programs.vrrpctl)' completions bash)"
            compopt() { :; }
            COMP_WORDS=(vrrpd \(line)) COMP_CWORD=\(words.count)
            _vrrpd
            echo "${COMPREPLY[*]}"
            """
        let offered = try await Self.run("bash", "-c", script).split(whereSeparator: \.isWhitespace)
        // /etc has passwd- as well.
        let isOffered = Set(offered).isSuperset(of: expected.split(separator: " "))
        #expect(isOffered && offered.isEmpty == expected.isEmpty, "\(offered)")
    }

    @Test("kubectl's completions of the plug-in have each option that it takes, and say what the shell does beside")
    func kubectl() async throws {
        let script = "\(Self.root)/deploy/kubectl/kubectl_complete-virtualips"
        try await Self.run("sh", "-n", script)
        let options = try await Self.run(script, "--").split(separator: "\n").map(String.init)
        #expect(options.last == ":4")
        let usage = try await Self.run("\(Programs.directory)/kubectl-virtualips", "--help")
        let taken = Set(usage.matches(of: /--[a-z-]+/).map { String($0.0) })
        #expect(Set(options.dropLast()) == taken)
        #expect(try await Self.run(script, "--output", "") == "table\nwide\njson\n:4\n")
        #expect(try await Self.run(script, "--kubeconfig", "") == ":0\n")
    }

    /// What every formatter asks of mdoc: the sections that must be there, and lists that end.
    private static func checkStructure(of page: String, _ program: String) throws {
        let lines = page.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix(".Bl ") }.count == lines.filter { $0 == ".El" }.count, "\(program)")
        let sections = lines.filter { $0.hasPrefix(".Sh ") }
        #expect(sections.starts(with: [".Sh NAME", ".Sh SYNOPSIS"]), "\(program)")
        #expect(lines.starts(with: [".Dd $Mdocdate$"]), "\(program)")
        #expect(page.utf8.allSatisfy { $0 < 0x80 }, "\(program)")
    }

    private static func withDirectory(_ body: (String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "install-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try await body(directory)
    }

    /// Runs a program that must succeed, and returns what it printed.
    ///
    /// A thread of its own waits for it: those of the tasks are as few as there are processors.
    @discardableResult
    static func run(_ program: String, _ arguments: String...) async throws -> String {
        let path = try #require(Programs.path(of: program), "\(program) is missing")
        let end = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try End(of: path, arguments) }) }
        }
        #expect(end.status == 0, "\(program) \(arguments): \(end.complaint)")
        return end.text
    }

    /// How a program ended, and what it said.
    private struct End {
        let status: Int32
        let text: String
        let complaint: String

        init(of program: String, _ arguments: [String]) throws {
            let process = Process()
            process.executableURL = URL(filePath: program)
            process.arguments = arguments
            let output = Pipe()
            let errors = Pipe()
            process.standardOutput = output
            process.standardError = errors
            try process.run()
            text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            status = process.terminationStatus
        }
    }
}
