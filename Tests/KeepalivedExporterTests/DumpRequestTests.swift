import EngineMetrics
import Foundation
import Testing

@testable import KeepalivedExporter

@Suite("Waiting for dump files")
struct DumpRequestTests {
    /// A shell in keepalived's place: it begins its answer late, writes it in two parts, and writes into the old file.
    private static let daemon = #"""
        answer() {
            sleep 0.1
            cat "$1.first" >"keepalived.$1"
            sleep 0.1
            cat "$1.second" >>"keepalived.$1"
        }
        trap 'answer data' USR1
        trap 'answer stats' USR2
        trap 'answer json' RTMIN+2
        trap 'trap "" USR1 USR2 RTMIN+2; touch hung' HUP
        touch ready
        while true; do sleep 0.02; done
        """#

    private func with(_ body: (DumpRequest, DaemonProcess, pid_t, URL) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for (name, text) in ["data": Samples.data, "stats": Samples.statistics, "json": Samples.json] {
            let text = Data(text.utf8)
            let middle = text.count / 2
            try text.prefix(middle).write(to: directory.appendingPathComponent("\(name).first"))
            try text.dropFirst(middle).write(to: directory.appendingPathComponent("\(name).second"))
            // What an earlier request has left.
            try text.write(to: directory.appendingPathComponent("keepalived.\(name)"))
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", Self.daemon]
        process.currentDirectoryURL = directory
        // A thread of the pool blocks all signals, and a program that it starts would go on doing so.
        var none = sigset_t()
        var previous = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &previous)
        try process.run()
        pthread_sigmask(SIG_SETMASK, &previous, nil)
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        try waitForFile("ready", in: directory)
        let daemon = try #require(DaemonProcess(process.processIdentifier, in: "/proc", names: ["bash"]))
        try body(
            DumpRequest(directory: directory.path, patience: .seconds(6)), daemon, process.processIdentifier, directory)
    }

    private func waitForFile(_ name: String, in directory: URL) throws {
        let end = ContinuousClock.now + .seconds(10)
        while !FileManager.default.fileExists(atPath: directory.appendingPathComponent(name).path) {
            try #require(ContinuousClock.now < end)
            usleep(5000)
        }
    }

    @Test("Files that come late, in parts and into the old ones are read when they are complete")
    func slow() throws {
        try with { request, daemon, _, directory in
            let before = FileContent.identity(ofFileAt: directory.path + "/keepalived.json")
            let fromJSON = try request.json(from: daemon)
            #expect(fromJSON.instances == Samples.records)
            #expect(FileContent.identity(ofFileAt: directory.path + "/keepalived.json") != before)
            let fromText = try request.text(from: daemon)
            #expect(fromText == KeepalivedReport(instances: Samples.records, scripts: Samples.scripts))
        }
    }

    @Test("The files of a daemon that does not answer any more are not taken for its answer")
    func hung() throws {
        try with { request, _, process, directory in
            kill(process, SIGHUP)
            try waitForFile("hung", in: directory)
            var request = request
            request.patience = .milliseconds(300)
            // It ignores the signals now, which is neither to handle nor to block them.
            let daemon = try #require(DaemonProcess(process, in: "/proc", names: ["bash"]))
            #expect(throws: GatherError.unprepared(process: process, signal: 36)) { try request.json(from: daemon) }
        }
        try with { request, daemon, process, _ in
            kill(process, SIGSTOP)
            var request = request
            request.patience = .milliseconds(300)
            #expect(throws: GatherError.notWritten(path: request.directory + "/keepalived.data")) {
                try request.text(from: daemon)
            }
        }
    }
}
