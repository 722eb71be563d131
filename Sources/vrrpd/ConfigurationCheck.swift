import Glibc
import ProgramLog

/// What `-t` does: reads the configuration, says what is wrong with it, and runs nothing.
struct ConfigurationCheck {
    /// The configuration to check.
    var origin: ConfigurationOrigin
    /// A file that the findings are appended to; nil for standard error.
    var reportPath: String?

    func run() -> ExitCode {
        let findings: [String]
        let code: ExitCode
        do throws(ConfigurationProblem) {
            let configuration = try origin.load(generation: 1)
            findings = configuration.errors + configuration.warnings + configuration.securityWarnings
            let isUsedAsMeant = configuration.errors.isEmpty && configuration.warnings.isEmpty
            code = !isUsedAsMeant ? .checkWarned : findings.isEmpty ? .success : .checkInsecure
        } catch {
            findings = error.sentences
            code = .checkFailed
        }
        return report(findings) ? code : .failure
    }

    private func report(_ findings: [String]) -> Bool {
        let text = findings.map { $0 + "\n" }.joined()
        guard let reportPath else {
            StandardError.write(text)
            return true
        }
        let descriptor = open(reportPath, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else {
            StandardError.writeLine("\(reportPath) cannot be written: \(String(cString: strerror(errno)))")
            return false
        }
        defer { close(descriptor) }
        let octets = Array(text.utf8)
        return octets.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } == octets.count
    }
}
