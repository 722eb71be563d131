import Glibc

/// What standard output goes to.
public enum Terminal {
    /// Whether it is a terminal whose user wants colours (no-color.org).
    public static var takesColours: Bool {
        isatty(STDOUT_FILENO) == 1 && value(of: "NO_COLOR").isEmpty && value(of: "TERM") != "dumb"
    }

    private static func value(of variable: String) -> String { getenv(variable).map { String(cString: $0) } ?? "" }
}
