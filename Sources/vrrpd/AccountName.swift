import Glibc

/// The name of the user that the program runs as, as keepalived has it in the mails that it sends: `root`, as a rule. Looks at
/// the file system.
func accountName() -> String {
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "root" }
    return String(cString: name)
}
