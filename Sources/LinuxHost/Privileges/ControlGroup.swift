import Glibc

/// The group whose members may connect to the control socket.
enum ControlGroup {
    /// More groups than any process has.
    private static let mostGroups = 1024

    /// Makes the process a member of a group, while it has the right to: a member may give its files to the group later,
    /// when it has no rights any more that others lack.
    ///
    /// What cannot be done here fails where the socket is made, unless the process is a member already.
    static func join(_ group: UInt32) {
        guard getegid() != group else { return }
        var groups = [gid_t](repeating: 0, count: mostGroups)
        let count = getgroups(Int32(groups.count), &groups)
        guard count >= 0, !groups.prefix(Int(count)).contains(group) else { return }
        groups = groups.prefix(Int(count)) + [group]
        _ = setgroups(groups.count, groups)
    }
}

/// Whoever is in the group of a name, or of a number where there is no such name.
public enum GroupNumber {
    /// The number of a group.
    ///
    /// May wait for whatever answers for groups on the node: not for the engine's thread.
    ///
    /// - Throws: ``ScriptAccountError/unknownGroup(_:)``.
    public static func of(_ name: String) throws(ScriptAccountError) -> UInt32 {
        guard let number = ScriptAccount.group(name) else { throw .unknownGroup(name) }
        return number
    }
}
