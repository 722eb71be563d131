import Foundation
import HotPaths

/// Counts the allocations and instructions of each hot path and compares them with committed thresholds.
///
///     HotPathCounts check FILE             fails where a count exceeds its threshold
///     HotPathCounts update FILE COMPILER   writes the counts as the new thresholds
///     HotPathCounts run                    just runs the hot paths; callgrind is given this
@main
enum HotPathCounts {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        do {
            switch (arguments.first, arguments.count) {
            case ("check", 2): try check(arguments[2])
            case ("update", 3): try update(arguments[2], compiler: arguments[3])
            case ("run", 1): for allocations in try Count.runAll() { print(allocations) }
            default: fail("usage: HotPathCounts check FILE | update FILE COMPILER | run")
            }
        } catch {
            fail("\(error)")
        }
    }

    private static func check(_ path: String) throws {
        let thresholds = try Thresholds(contentsOf: path)
        let verdict = Verdict(of: try Callgrind.countAll(), thresholds)
        print(verdict.table)
        for note in verdict.notes { print(note) }
        guard verdict.failures.isEmpty else { fail(verdict.failures.joined(separator: "\n")) }
    }

    private static func update(_ path: String, compiler: String) throws {
        let counts = try Callgrind.countAll()
        let thresholds = Thresholds(counts, compiler: compiler)
        try thresholds.text.write(toFile: path, atomically: true, encoding: .utf8)
        print("\(path): \(counts.count) operations")
    }

    private static func fail(_ reason: String) -> Never {
        // What was printed comes first.
        fflush(nil)
        FileHandle.standardError.write(Data((reason + "\n").utf8))
        exit(1)
    }
}
