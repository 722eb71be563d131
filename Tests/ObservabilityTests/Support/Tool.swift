import Foundation

/// A program of this machine that a test asks something.
struct Tool: Sendable {
    let path: String

    static let promtool = Tool(path: "/usr/bin/promtool")
    static let prometheus = Tool(path: "/usr/bin/prometheus")
    static let chromium = Tool(path: "/usr/bin/chromium")

    var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// Runs the program to its end, and returns what it has said on both outputs.
    func run(_ arguments: [String], input: String = "") async throws -> (status: Int32, output: String) {
        // A thread of its own waits: those of tasks may be needed by a server.
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { [path] in
                continuation.resume(
                    with: Result {
                        let inputFile = try TemporaryFolder()
                        defer { inputFile.remove() }
                        try inputFile.write("input", input)
                        let process = Process()
                        let output = Pipe()
                        process.executableURL = URL(fileURLWithPath: path)
                        process.arguments = arguments
                        process.standardInput = try FileHandle(forReadingFrom: inputFile.url("input"))
                        process.standardOutput = output
                        process.standardError = output
                        try process.run()
                        let data = output.fileHandleForReading.readDataToEndOfFile()
                        process.waitUntilExit()
                        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
                    })
            }
        }
    }
}

/// A folder that is removed after the test.
struct TemporaryFolder: Sendable {
    let root: URL

    init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("vrrp-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    func url(_ name: String) -> URL { root.appendingPathComponent(name) }

    func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: url(name)) }

    func remove() { try? FileManager.default.removeItem(at: root) }
}
