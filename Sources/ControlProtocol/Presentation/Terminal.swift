import Glibc

/// What standard output goes to.
public enum Terminal {
    /// How much a terminal shows at a time.
    public struct Size: Sendable, Hashable {
        /// How many lines.
        public var rows: Int
        /// How many characters a line has.
        public var columns: Int

        /// So many lines of so many characters.
        public init(rows: Int, columns: Int) {
            self.rows = rows
            self.columns = columns
        }
    }

    /// Whether it is a terminal whose user wants colours (no-color.org).
    public static var takesColours: Bool {
        isatty(STDOUT_FILENO) == 1 && value(of: "NO_COLOR").isEmpty && value(of: "TERM") != "dumb"
    }

    /// The size of the terminal; nil where it is none, or does not tell.
    public static var size: Size? {
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0,
            size.ws_col > 0
        else { return nil }
        return Size(rows: Int(size.ws_row), columns: Int(size.ws_col))
    }

    /// Whether it is one on which text can be drawn over text.
    public static var canBeDrawnOn: Bool { size != nil && value(of: "TERM") != "dumb" && !value(of: "TERM").isEmpty }

    private static func value(of variable: String) -> String { getenv(variable).map { String(cString: $0) } ?? "" }
}
