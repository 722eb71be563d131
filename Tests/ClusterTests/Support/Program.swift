import Foundation
import Synchronization

/// A server that runs beside the tests, and that ends with them at the latest.
final class Program: Sendable {
    private let process: Mutex<Process>

    /// Runs the program beside itself, and kills it when it is told to end or when the tests are gone, for whatever reason.
    private static let guardian = #"""
        "$@" & child=$!
        trap 'kill -9 $child; wait $child; exit' TERM
        while kill -0 $PPID; do sleep 0.2 & wait $!; done
        kill -9 $child
        """#

    /// Starts a program whose output goes to a file.
    init(_ path: String, _ arguments: [String], log: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", Self.guardian, "sh", path] + arguments
        process.standardInput = FileHandle.nullDevice
        if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
        let output = try FileHandle(forWritingTo: log)
        try output.seekToEnd()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        self.process = Mutex(process)
    }

    /// Kills it, as a node that fails does, and waits for its end.
    func kill() {
        process.withLock { process in
            process.terminate()
            process.waitUntilExit()
        }
    }

    /// Runs a program to its end, and returns what it wrote.
    @discardableResult
    static func run(_ path: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [path] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: "\(path) \(arguments): \(text)") }
        return text
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
