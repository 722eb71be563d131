import Glibc

/// The standard error of the process.
public enum StandardError {
    /// Writes one line in one system call, so that lines of several processes do not mix.
    public static func writeLine(_ text: String) { write(text + "\n") }

    /// Writes a text that ends its lines itself.
    public static func write(_ text: String) {
        let octets = Array(text.utf8)
        // A log that cannot be written is no reason to stop routing.
        _ = octets.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
