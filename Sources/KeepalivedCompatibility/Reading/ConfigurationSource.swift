/// Where the text of a configuration comes from.
public protocol ConfigurationSource {
    /// Reads the whole file at `path`.
    ///
    /// - Throws: what hinders the reading.
    func read(_ path: String) throws(ConfigurationReadError) -> ConfigurationFile

    /// The paths that match a pattern with the wildcards `*`, `?` and `[…]` in order; none where nothing matches.
    ///
    /// A pattern that ends with a slash matches a folder. A backslash takes the meaning from the character behind it.
    ///
    /// - Throws: what hinders the search.
    func paths(matching pattern: String) throws(ConfigurationReadError) -> [String]

    /// The absolute path of a folder; the empty path is that of the folder that relative paths start from.
    func absolutePath(ofFolder folder: String) -> String

    /// The value of a variable of the environment; nil where there is no such variable.
    func variable(_ name: String) -> String?
}

extension ConfigurationSource {
    /// The pattern itself: a source without folders knows no wildcards.
    public func paths(matching pattern: String) throws(ConfigurationReadError) -> [String] { [pattern] }

    /// The path as it is.
    public func absolutePath(ofFolder folder: String) -> String { folder }

    /// No value: a source of texts alone has no environment.
    public func variable(_ name: String) -> String? { nil }
}

/// A file as it was read.
public struct ConfigurationFile: Hashable, Sendable {
    /// The content, in any encoding.
    public var octets: [UInt8]
    /// Whether anyone may execute the file.
    public var isExecutable: Bool

    /// A file with the given content.
    public init(octets: [UInt8], isExecutable: Bool = false) {
        self.octets = octets
        self.isExecutable = isExecutable
    }

    /// The most octets that a configuration may have, all its files taken together: 16 MiB.
    public static let sizeLimit = 16 << 20
}

/// A file that cannot be read.
public struct ConfigurationReadError: Error, Hashable, Sendable {
    /// The path of the file.
    public var path: String
    /// What hinders the reading.
    public var reason: Reason

    /// What hinders the reading of a file.
    public enum Reason: Hashable, Sendable {
        /// No file has this path.
        case missing
        /// The path names a directory, a device, a pipe or a socket.
        case notRegular
        /// The file has more octets than the limit.
        case tooLarge(limit: Int)
        /// The system refuses, in its words.
        case unreadable(String)
    }

    /// The file at `path` cannot be read because of `reason`.
    public init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }
}

extension ConfigurationReadError: CustomStringConvertible {
    /// The path and the reason, as one sentence.
    public var description: String {
        switch reason {
        case .missing: "\(visible(path)) does not exist"
        case .notRegular: "\(visible(path)) is not a regular file"
        case .tooLarge(let limit): "\(visible(path)) is larger than \(limit) octets"
        case .unreadable(let text): "\(visible(path)) cannot be read: \(text)"
        }
    }
}
