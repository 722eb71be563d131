import Foundation
import Synchronization

/// A server that runs beside the tests, and that ends with them at the latest.
final class Program: Sendable {
    private let process: Mutex<Process>
    /// A file whose presence ends the program.
    private let end: URL

    /// Runs the program beside itself, and kills it when it is told to, or when the tests are gone for whatever reason.
    ///
    /// Not by signals, nor with the shell's own `wait`: what Foundation starts has inherited a mask that blocks signals.
    private static let guardian = #"""
        end=$1; shift
        "$@" & child=$!
        while kill -0 $PPID 2>/dev/null && [ ! -e "$end" ]; do sleep 0.1; done
        kill -9 $child
        """#

    /// Starts a program whose output goes to a file.
    init(_ path: String, _ arguments: [String], log: URL) throws {
        end = log.appendingPathExtension("end-\(UUID().uuidString)")
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", Self.guardian, "sh", end.path, path] + arguments
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
            try? Data().write(to: end)
            // Foundation's own wait runs the loop of a thread that may not be this one, and then does not return.
            while process.isRunning { Thread.sleep(forTimeInterval: 0.01) }
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
