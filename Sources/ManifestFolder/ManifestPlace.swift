/// Where in a folder of manifests something stands.
public struct ManifestPlace: Hashable, Sendable {
    /// The name of the file, without its folder.
    public var file: String
    /// The number of the document in the file, from 1; nil for the file as a whole.
    public var document: Int?
    /// The number of the line in the file, from 1; nil where it is not known.
    public var line: Int?

    /// A place in a file; the file as a whole by default.
    public init(_ file: String, document: Int? = nil, line: Int? = nil) {
        self.file = file
        self.document = document
        self.line = line
    }
}

extension ManifestPlace: Comparable {
    /// Orders by the name of the file, then by document and line.
    public static func < (left: Self, right: Self) -> Bool {
        (left.file, left.document ?? 0, left.line ?? 0) < (right.file, right.document ?? 0, right.line ?? 0)
    }
}

extension ManifestPlace: CustomStringConvertible {
    /// `web.yaml, document 2, line 14`.
    public var description: String {
        // A control character in the name of a file must not reach a terminal or make a second line of a log.
        let name = String(file.map { $0.isASCII && ($0.asciiValue ?? 0) < 0x20 ? "?" : $0 })
        return name + (document.map { ", document \($0)" } ?? "") + (line.map { ", line \($0)" } ?? "")
    }
}
