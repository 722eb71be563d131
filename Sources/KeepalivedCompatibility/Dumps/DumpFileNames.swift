/// Where the dump files lie and how they are called.
public struct DumpFileNames: Hashable, Sendable {
    /// The path of the file with the state, or of its folder; nil for the usual one. The others likewise.
    public var data: String?
    /// That of the counters.
    public var statistics: String?
    /// That of both for programs.
    public var json: String?
    /// The form of the last one: 1 or 2.
    public var jsonVersion = 1
    /// Whether the usual names carry the network namespace and the name of the instance.
    public var carriesInstance = false

    /// The usual names.
    public init() {}

    /// The path of a file.
    ///
    /// - Parameters:
    ///   - folder: where files lie whose path is not absolute.
    ///   - names: the network namespace and the name of the instance, as far as there are any.
    ///   - isFolder: whether a folder has this path.
    public func path(
        of file: DumpFile, in folder: String, names: [String], isFolder: (String) -> Bool
    ) -> String {
        let configured =
            switch file {
            case .data: data
            case .parent: String?.none
            case .statistics: statistics
            case .json: json
            }
        let suffix = carriesInstance && !names.isEmpty ? "." + names.joined(separator: "_") : ""
        let dot = file.rawValue.lastIndex(of: ".") ?? file.rawValue.endIndex
        let usual = file.rawValue[..<dot] + suffix + file.rawValue[dot...]
        guard let configured else { return "\(folder)/\(usual)" }
        let path = configured.hasPrefix("/") ? configured : "\(folder)/\(configured)"
        guard path.hasSuffix("/") || isFolder(path) else { return path }
        return path.hasSuffix("/") ? path + usual : "\(path)/\(usual)"
    }
}
