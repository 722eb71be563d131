import Foundation
import NetworkLab

/// Whose figures are taken.
enum Contestant: String, Codable, CaseIterable, Hashable, Sendable {
    /// This project's daemon.
    case vrrpd
    /// The daemon that it is compared with, as the distribution ships it.
    case keepalived

    /// The program's file, or its name where `PATH` has it.
    var program: String {
        switch self {
        case .vrrpd: Programs.vrrpd
        case .keepalived: "keepalived"
        }
    }

    /// What `--version` says in its first line.
    func version() async throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: Programs.path(of: program) ?? program)
        process.arguments = ["--version"]
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.split(separator: "\n").first.map { String($0.prefix { $0 != "(" }).trimmed } ?? rawValue
    }
}

extension String {
    /// The text without blanks at either end.
    var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
