import CLinux

/// What a crash leaves behind.
public enum CoreDumps {
    /// Lets a crash leave a core dump.
    public static func allow() throws(SystemCallError) { try systemCall("RLIMIT_CORE") { clinux_allow_core_dumps() } }
}
