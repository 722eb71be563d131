import Foundation
import NetworkLab

/// A run of `vrrp-lab` as a user starts it, apart from the terminal.
final class DemoRun {
    private let process = Process()
    private let directory: URL
    private var outputFile: URL { directory.appending(path: "output") }

    /// Starts it in the package's directory.
    ///
    /// - Parameter substitute: a shell script that takes the place of vrrpd.
    init(arguments: [String] = [], substitute: String? = nil) throws {
        let manager = FileManager.default
        directory = manager.temporaryDirectory.appending(path: "vrrp-lab-test-\(UUID().uuidString)")
        try manager.createDirectory(at: directory, withIntermediateDirectories: true)
        try Data().write(to: outputFile)
        process.executableURL = URL(fileURLWithPath: Programs.vrrpLab)
        process.arguments = arguments
        process.currentDirectoryURL = Self.packageDirectory
        if let substitute {
            let file = directory.appending(path: "vrrpd")
            try "#!/bin/sh\n\(substitute)\n".write(to: file, atomically: true, encoding: .utf8)
            try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
            let variable = [Programs.directoryVariable: directory.path]
            process.environment = ProcessInfo.processInfo.environment.merging(variable) { $1 }
        }
        let output = try FileHandle(forWritingTo: outputFile)
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        try output.close()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: directory)
    }

    /// Everything that it has written to both outputs so far.
    var output: String { (try? String(contentsOf: outputFile, encoding: .utf8)) ?? "" }

    /// Sends it a signal.
    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits until it has written a text; false when it ends or the time is up before.
    func says(_ text: String, within timeout: Duration) async throws -> Bool {
        try await wait(within: timeout) { self.output.contains(text) || !self.process.isRunning }
        return output.contains(text)
    }

    /// Waits for its end and returns its status; nil when the time is up before.
    func exitStatus(within timeout: Duration) async throws -> Int32? {
        try await wait(within: timeout) { !self.process.isRunning }
        return process.isRunning ? nil : process.terminationStatus
    }

    /// The files that its lab has on the machine: namespaces and directories.
    var files: [String] {
        ["/run/netns", FileManager.default.temporaryDirectory.path].flatMap { directory in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
            return names.filter { $0.hasPrefix("vl\(process.processIdentifier)x") }.map { "\(directory)/\($0)" }
        }
    }

    /// The processes of its lab: those that live in its namespaces.
    var processes: [Int32] {
        let manager = FileManager.default
        let links = files.filter { $0.hasPrefix("/run/netns/") }.compactMap { file -> String? in
            let number = try? manager.attributesOfItem(atPath: file)[.systemFileNumber] as? UInt64
            return number.map { "net:[\($0)]" }
        }
        let all = (try? manager.contentsOfDirectory(atPath: "/proc"))?.compactMap(Int32.init) ?? []
        return all.filter { process in
            guard let link = try? manager.destinationOfSymbolicLink(atPath: "/proc/\(process)/ns/net") else {
                return false
            }
            return links.contains(link)
        }
    }

    private func wait(within timeout: Duration, for condition: () -> Bool) async throws {
        let end = ContinuousClock.now + timeout
        while !condition(), ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(20)) }
    }

    private static let packageDirectory = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
