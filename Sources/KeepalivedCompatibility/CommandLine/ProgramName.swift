/// What the program is called by, which decides how much it is like keepalived.
public enum ProgramName: Hashable, Sendable {
    /// By its own name, or any other.
    case vrrpd
    /// By keepalived's: it stands in for it, and whoever looks for keepalived's process, files and log lines finds them.
    case keepalived

    /// The name behind the last slash of what the program was started as.
    public init(startedAs path: String) {
        self = path.split(separator: "/").last == "keepalived" ? .keepalived : .vrrpd
    }
}
