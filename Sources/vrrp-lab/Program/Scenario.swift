import Foundation
import NetworkLab

/// What can be shown.
enum Scenario: String {
    /// Hosts with a folder of manifests.
    case manifests
    /// Hosts with a keepalived.conf.
    case keepalived

    /// Where the example lies in the package.
    var examplePath: String {
        switch self {
        case .manifests: "deploy/examples/manifests"
        case .keepalived: "deploy/examples/keepalived.conf"
        }
    }

    /// The programs that the hosts run, by their products.
    var programs: [(name: String, path: String)] {
        switch self {
        case .manifests: [("vrrpd", Programs.vrrpd), ("vrrp-agent", Programs.vrrpAgent)]
        case .keepalived: [("vrrpd", Programs.vrrpd)]
        }
    }

    /// The example: below the working directory, or below a directory that the program lies in; nil when there is none.
    func findExample() -> String? {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "/"
        return ([FileManager.default.currentDirectoryPath] + Self.directories(above: program))
            .map { "\($0 == "/" ? "" : $0)/\(examplePath)" }
            .first { FileManager.default.isReadableFile(atPath: $0) }
    }

    private static func directories(above file: String) -> [String] {
        let parts = file.split(separator: "/")
        return parts.indices.reversed().map { "/" + parts[..<$0].joined(separator: "/") }
    }
}
