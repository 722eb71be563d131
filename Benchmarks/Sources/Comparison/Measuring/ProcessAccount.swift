import Foundation

/// What a process and its children have cost.
struct ProcessAccount {
    /// Time on a processor in nanoseconds, of all threads.
    var processorTime: Double = 0
    /// Proportional set size in octets: what is shared with others counts in parts.
    var memory: Double = 0

    /// Reads what the kernel says of a process and everything below it.
    ///
    /// - Throws: When the process has gone.
    init(ofTree root: Int32) throws {
        guard Glibc.kill(root, 0) == 0 else { throw ComparisonError("process \(root) has ended") }
        for process in Self.tree(root) {
            let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
            for task in tasks {
                let words = Self.words(ofFile: "/proc/\(process)/task/\(task)/schedstat")
                processorTime += words.first.flatMap(Double.init) ?? 0
            }
            let lines = Self.text(ofFile: "/proc/\(process)/smaps_rollup").split(separator: "\n")
            let line = lines.first { $0.hasPrefix("Pss:") }
            let kibioctets = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
            memory += kibioctets * 1024
        }
    }

    private static func tree(_ root: Int32) -> [Int32] {
        [root] + words(ofFile: "/proc/\(root)/task/\(root)/children").compactMap { Int32($0) }.flatMap(tree)
    }

    private static func words(ofFile path: String) -> [Substring] {
        text(ofFile: path).split { $0 == " " || $0 == "\n" }
    }

    private static func text(ofFile path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
}

/// The share of one processor that a daemon took while `body` ran, from 0 to the number of processors.
func processorShare<Result>(
    of daemons: [RunningDaemon], during body: () async throws -> Result
) async throws -> [Double] {
    let clock = ContinuousClock()
    let start = clock.now
    let before = try daemons.map { try $0.account().processorTime }
    _ = try await body()
    let after = try daemons.map { try $0.account().processorTime }
    let elapsed = (clock.now - start) / .nanoseconds(1)
    return zip(before, after).map { ($1 - $0) / elapsed }
}
