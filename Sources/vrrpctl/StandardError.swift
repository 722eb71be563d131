import Glibc

/// Writes a line for people to standard error.
func writeError(_ text: String) {
    let line = Array("vrrpctl: \(text)\n".utf8)
    _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
