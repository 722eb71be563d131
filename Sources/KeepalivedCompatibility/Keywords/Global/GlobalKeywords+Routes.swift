extension GlobalKeywords {
    /// Keywords about routes, rules and static addresses.
    static let routesKeywords: [Keyword<GlobalSettings>] = [
        .value(
            "default_interface", .interfaceName, standard: "eth0", into: \.routing.defaultInterface,
            "The interface of static addresses that name none."),
        .value(
            "iproute_usr_dir", .folder, standard: "/usr/share/iproute2 and /usr/lib/iproute2",
            into: \.routing.systemFolder, "Where the system keeps names of routing tables and the like."),
        .value(
            "iproute_etc_dir", .folder, standard: "/etc/iproute2", into: \.routing.ownFolder,
            "Where the node keeps its own such names, in files that count instead of those of the system."),
    ]
}

extension ValueFormat<String> {
    /// A folder.
    fileprivate static var folder: Self { ValueFormat(allowed: "an absolute path") { $0.hasPrefix("/") ? $0 : nil } }
}
