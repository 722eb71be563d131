import Foundation
import HotPaths

/// Runs this program under valgrind's callgrind, which counts the instructions of each hot path.
enum Callgrind {
    /// Counts every operation.
    static func countAll() throws -> [(name: String, count: Count)] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "vrrp-counts-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let allocations = try run(in: folder).split(separator: "\n").compactMap { Int($0) }
        guard allocations.count == HotPath.all.count else { throw CallgrindError("the counted program broke off") }
        return try HotPath.all.enumerated().map { place, path in
            let instructions = try instructions(inPart: place + 1, of: folder)
            let count = Count(
                allocations: allocations[place], instructions: instructions, repetitions: path.repetitions)
            return (path.name, count)
        }
    }

    /// Leaves a file for each hot path in `folder`, numbered from 1.
    ///
    /// - Returns: what the program writes to its standard output.
    private static func run(in folder: URL) throws -> String {
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "valgrind", "--quiet", "--tool=callgrind", "--zero-before=counting_begins",
            "--dump-before=counting_ends", "--dump-line=no", "--log-file=\(folder.path())/log",
            "--callgrind-out-file=\(folder.path())/counts", program, "run",
        ]
        process.environment = ProcessInfo.processInfo.environment.merging(repeatability) { $1 }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let log = (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? ""
            throw CallgrindError(
                "valgrind ended with status \(process.terminationStatus); is it installed (make setup)?\n\(log)")
        }
        return text
    }

    private static func instructions(inPart part: Int, of folder: URL) throws -> Int {
        let text = try String(contentsOf: folder.appending(path: "counts.\(part)"), encoding: .utf8)
        let summary = text.split(separator: "\n").first { $0.hasPrefix("summary: ") }
        guard let count = summary.flatMap({ Int($0.dropFirst("summary: ".count)) }) else {
            throw CallgrindError("callgrind's part \(part) has no summary")
        }
        return count
    }

    /// What makes counts the same in each run and, as far as it goes, on each processor: hash tables without a random
    /// seed, and always the same variants of memcpy and its kin.
    private static let repeatability = [
        "SWIFT_DETERMINISTIC_HASHING": "1",
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-AVX512F,-ERMS,-FSRM",
    ]
}

/// Why nothing could be counted.
struct CallgrindError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
