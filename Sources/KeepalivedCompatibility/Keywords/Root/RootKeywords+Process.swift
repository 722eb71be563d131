extension RootKeywords {
    /// Keywords about the process: what tells several of them on one host apart.
    static let processKeywords: [Keyword<ConfigurationSettings>] = [
        .value(
            "net_namespace", .networkNamespace, standard: "the one that the program is started in",
            into: \.identity.networkNamespace,
            "The network namespace to run in, as a name below `/run/netns` or as an absolute path; `-s` comes before it."
        ),
        .value(
            "instance", .instanceName, standard: "none", into: \.identity.instance,
            "A name for this process among several on the host, which goes into the names of its files."),
        .flag(
            "use_pid_dir", standard: "off", into: \.identity.usesPidFolder,
            "The pid files of a program that is called keepalived lie in `/run/keepalived`."),
        .accepted(
            "child_wait_time", .integer(0...4_294_967_295),
            "Accepted; there are no child processes whose end has to be waited for."
        ).dispensable,
    ]
}

extension ValueFormat<String> {
    /// A name that can be a part of the name of a file.
    static var instanceName: Self {
        ValueFormat(allowed: "a name of 1 to 64 octets without slashes") { text in
            let isName = (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f }
            return isName && !text.utf8.contains(UInt8(ascii: "/")) ? text : nil
        }
    }
}
