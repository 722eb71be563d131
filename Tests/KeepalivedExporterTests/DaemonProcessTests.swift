import Foundation
import Testing

@testable import KeepalivedExporter

@Suite("Finding the daemon among the processes")
struct DaemonProcessTests {
    /// A directory like `/proc`, with a process for each entry.
    ///
    /// - Parameter pidFile: what the file says that names it; nil where there is none.
    private func find(
        _ processes: [(number: Int, status: String, command: String)], pidFile: String? = nil
    ) throws -> DaemonProcess {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        for process in processes {
            let directory = root.appendingPathComponent("\(process.number)")
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            try Data(process.status.utf8).write(to: directory.appendingPathComponent("status"))
            try Data(process.command.utf8).write(to: directory.appendingPathComponent("cmdline"))
        }
        guard let pidFile else { return try DaemonProcess.find(in: root.path) }
        let file = root.appendingPathComponent("pid")
        try Data(pidFile.utf8).write(to: file)
        return try DaemonProcess.named(inFile: file.path, in: root.path)
    }

    private func status(_ name: String, parent: Int, state: String = "S (sleeping)") -> String {
        """
        Name:\t\(name)
        State:\t\(state)
        PPid:\t\(parent)
        SigBlk:\t4000000800014a03
        SigCgt:\t0000000000000000

        """
    }

    @Test("It is the one that the others of its name descend from, whatever their numbers, and no dead one")
    func family() throws {
        let keepalived = "/usr/sbin/keepalived\0-n\0"
        let daemon = try find([
            (3, status("keepalived", parent: 40), keepalived), (40, status("keepalived", parent: 1), keepalived),
            (2, status("keepalived", parent: 1, state: "Z (zombie)"), ""), (7, status("bash", parent: 1), "bash\0"),
            (41, status("curl", parent: 40), "curl\0"),
        ])
        #expect(daemon.number == 40)
    }

    @Test("It is known by its name or by its command line, and vrrpd is one")
    func names() throws {
        let byCommand = try find([(5, status("renamed", parent: 1), "/usr/sbin/keepalived\0-n\0")])
        let vrrpd = try find([(6, status("vrrpd", parent: 1), "")])
        #expect(byCommand.number == 5 && vrrpd.number == 6)
        #expect(throws: GatherError.noDaemon) {
            try find([
                (5, status("bash", parent: 1), "bash\0/usr/sbin/keepalived\0"),
                (6, status("keepalived_expo", parent: 1), "/usr/local/bin/keepalived_exporter\0"),
                (7, "Name:\tkeepalived\n", "keepalived\0"),
            ])
        }
    }

    @Test("A pid file names it among several, and nothing but a daemon")
    func pidFile() throws {
        let processes = [
            (5, status("keepalived", parent: 1), ""), (6, status("vrrpd", parent: 1), ""),
            (7, status("bash", parent: 1), "bash\0"),
        ]
        #expect(try find(processes, pidFile: "6\n").number == 6)
        for text in ["7\n", "8\n", "", "x\n", "6 7\n"] {
            let error = #expect(throws: GatherError.self) { try find(processes, pidFile: text) }
            let content = text.split(separator: "\n").first ?? ""
            let sentence = "has \"\(content)\", which is not the number of a running keepalived or vrrpd"
            #expect(error?.description.hasSuffix(sentence) == true, "\(error?.description ?? "")")
        }
        #expect(throws: GatherError.unreadable(path: "/nowhere", errorNumber: ENOENT)) {
            try DaemonProcess.named(inFile: "/nowhere")
        }
    }

    @Test("A signal that would end it is not sent")
    func unprepared() throws {
        let daemon = try find([(5, status("keepalived", parent: 1), "")])
        #expect(throws: GatherError.unprepared(process: 5, signal: 37)) { try daemon.signal(37) }
    }
}
