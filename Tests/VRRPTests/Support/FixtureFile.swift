import Foundation
import JSONDocument

/// The files in Tests/Fixtures, found from where this file stands.
enum FixtureFile {
    /// Reads and parses a file.
    static func parse(_ name: String) throws -> JSONNode {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures")
        return try JSONNode.parse(Array(Data(contentsOf: folder.appending(path: name))))
    }
}
