import Glibc

/// The standard error of the process.
public enum StandardError {
    /// Writes one line in one system call, so that lines of several processes do not mix.
    public static func writeLine(_ text: String) { write(text + "\n") }

    /// Writes a text that ends its lines itself, and waits for as long as nobody takes it.
    public static func write(_ text: String) {
        var text = text
        text.withUTF8 { octets in
            var rest = UnsafeRawBufferPointer(octets)[...]
            while !rest.isEmpty {
                let count = Glibc.write(STDERR_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    // Another process that has the same pipe or terminal may have set it not to block.
                    var room = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
                    poll(&room, 1, -1)
                } else if errno != EINTR {
                    // A log that cannot be written is no reason to stop routing.
                    return
                }
            }
        }
    }
}
