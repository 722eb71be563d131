import Glibc

/// Writes a text to standard output, where the log of a container comes from.
func say(_ text: String) { write(text, to: STDOUT_FILENO) }

/// Writes a line about something that does not work to standard error.
func complain(_ sentence: String) { write("vrrp-ipfailover: \(sentence)\n", to: STDERR_FILENO) }

/// Writes all of a text with as few system calls as it takes, so that lines of several processes do not mix.
private func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno != EINTR { return }
        rest = rest.dropFirst(max(0, count))
    }
}
