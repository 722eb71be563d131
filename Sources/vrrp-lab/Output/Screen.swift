import Glibc

/// Where the demonstration is shown: standard output, in colour on a terminal only.
struct Screen {
    /// How a piece of text stands out.
    enum Style: String {
        case heading = "1"
        case good = "1;32"
        case bad = "1;31"
        case aside = "2"
    }

    private let isColoured: Bool

    init() {
        let terminal = getenv("TERM").map { String(cString: $0) }
        isColoured = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil && terminal != "dumb"
    }

    /// The text in a style; the text alone where there is no colour.
    func styled(_ text: String, _ style: Style?) -> String {
        guard isColoured, let style else { return text }
        return "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m"
    }

    /// Writes one line.
    func line(_ text: String = "") {
        // Cells are padded for the ones behind them; behind the last one nothing comes.
        write(String(text.reversed().drop { $0 == " " }.reversed()) + "\n")
    }

    /// Writes text as it is.
    func write(_ text: String) { Self.write(text, to: STDOUT_FILENO) }

    /// Writes a sentence to standard error.
    static func complain(_ sentence: String) { write("vrrp-lab: \(sentence)\n", to: STDERR_FILENO) }

    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                // Nobody watches any more: the same as Ctrl-C.
                if descriptor == STDOUT_FILENO, errno == EPIPE { kill(getpid(), SIGTERM) }
                return
            }
        }
    }
}
