import Foundation

/// The example configuration, which comes with the sources of this program.
enum ExampleConfiguration {
    /// Where it lies in the package.
    static let path = "deploy/examples/keepalived.conf"

    /// Its file: below the working directory, or below a directory that the program lies in; nil when there is none.
    static func find() -> String? {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "/"
        return ([FileManager.default.currentDirectoryPath] + directories(above: program))
            .map { "\($0 == "/" ? "" : $0)/\(path)" }
            .first { FileManager.default.isReadableFile(atPath: $0) }
    }

    private static func directories(above file: String) -> [String] {
        let parts = file.split(separator: "/")
        return parts.indices.reversed().map { "/" + parts[..<$0].joined(separator: "/") }
    }
}
