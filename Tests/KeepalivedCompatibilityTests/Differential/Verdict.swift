@testable import KeepalivedCompatibility

/// What a program makes of a configuration as a whole.
enum Verdict: String {
    /// It is used without a word.
    case accepted
    /// It is used, and something is said about it.
    case complained
    /// It is not used.
    case refused

    /// The verdict behind the exit status and the output of `keepalived -t`.
    init(exitStatus: Int32, output: String) {
        switch exitStatus {
        case 0: self = .accepted
        // Errors that keepalived would run with.
        case 5: self = .complained
        // About the rights of scripts, or a file that had to be there.
        case 6: self = output.contains("SECURITY VIOLATION") ? .complained : .refused
        default: self = .refused
        }
    }

    /// What ``KeepalivedConfiguration`` makes of a file.
    init(ofFile path: String, configurationID: String) {
        let configuration = try? KeepalivedConfiguration.load(
            path: path, source: FileSystemSource(), configurationID: configurationID)
        guard let configuration, !configuration.hasErrors else {
            self = .refused
            return
        }
        self = configuration.diagnostics.isEmpty ? .accepted : .complained
    }
}
