import Foundation
import NetworkLab
import Testing
import class NetworkLab.Host

/// What the tests on the wire ask of vrrpd called keepalived, asked of the program that the image has, where it lies there.
@Suite("The image's keepalived", .needsImage, .timeLimit(.minutes(2)))
struct DropInTests {
    /// A container with nothing but the program.
    private struct Container {
        let pod: Pod
        let configuration: String
        let run: String
        let files: String

        init(on node: Host) async throws {
            pod = try await Pod.start(on: node)
            configuration = try pod.volume("etc")
            run = try pod.volume("run")
            files = try pod.volume("tmp")
        }

        func write(_ text: String) throws {
            try text.write(toFile: "\(configuration)/keepalived.conf", atomically: true, encoding: .utf8)
        }

        /// Starts the program with the options that keepalived's users give it.
        func start(_ options: [String] = ["--dont-fork", "--log-console", "--log-detail"]) async throws -> LabProcess {
            try await pod.start(
                ["/usr/sbin/keepalived"] + options,
                volumes: ["\(configuration):/etc/keepalived:ro", "\(run):/run", "\(files):/tmp"])
        }

        /// The number in a pid file, as the container counts processes.
        func number(in file: String = "keepalived.pid") async throws -> String {
            try await eventually("a number in \(file)") {
                let text = try? String(contentsOfFile: "\(run)/\(file)", encoding: .utf8)
                return text?.hasSuffix("\n") == true ? text?.trimmingCharacters(in: .newlines) : nil
            }
        }
    }

    private static func file(_ instances: (name: String, id: Int, address: String)...) -> String {
        instances.map { instance in
            """
            vrrp_instance \(instance.name) {
                interface eth0
                virtual_router_id \(instance.id)
                version 3
                priority 150
                advert_int 0.1
                virtual_ipaddress {
                    \(instance.address)
                }
            }

            """
        }.joined()
    }

    private static let one = file(("VI", 77, "192.0.2.100"))

    /// A container whose one instance is master, its keepalived, and the number of that.
    private static func master(in lab: Lab) async throws -> (Container, LabProcess, String) {
        let container = try await Container(on: lab.host("node", addresses: ["192.0.2.10/24"]))
        try container.write(one)
        let keepalived = try await container.start()
        try await keepalived.waitForLine(containing: "(VI) Entering MASTER STATE", within: .seconds(15))
        return (container, keepalived, try await container.number())
    }

    @Test("A reload adds what is new, leaves what is as before alone, and keeps what has an error now as it was")
    func reload() async throws {
        try await Lab.with { lab in
            let (container, keepalived, number) = try await Self.master(in: lab)

            try container.write(Self.file(("VI", 77, "192.0.2.100"), ("other", 78, "192.0.2.101")))
            try await container.pod.signal("HUP", number)
            try await keepalived.waitForLine(containing: "(other) Entering MASTER STATE", within: .seconds(15))

            let position = keepalived.lines.end
            try container.write(Self.file(("VI", 77, "192.0.2.100"), ("other", 0, "192.0.2.101")))
            try await container.pod.signal("HUP", number)
            try await keepalived.waitForLine(
                containing: "vrrp_instance other goes on as before", after: position, within: .seconds(15))
            let addresses = try await container.pod.host.addresses()
            #expect(addresses.contains("192.0.2.100/32") && addresses.contains("192.0.2.101/32"))
            #expect(keepalived.lines.entries().filter { $0.text.contains("Entering") }.count == 4)
        }
    }

    @Test("Each signal writes its file, complete and for everybody to read")
    func dumps() async throws {
        try await Lab.with { lab in
            let (container, _, number) = try await Self.master(in: lab)
            for (signal, file, words) in [
                ("USR1", "keepalived.data", "   State = MASTER\n"),
                ("USR2", "keepalived.stats", "  Became master: 1\n"),
                ("36", "keepalived.json", #""iname":"VI""#), ("63", "keepalived.stats", "  Became master: 1\n"),
                ("USR2", "keepalived.stats", "  Became master: 0\n"),
            ] {
                let path = "\(container.files)/\(file)"
                try? FileManager.default.removeItem(atPath: path)
                try await container.pod.signal(signal, number)
                let text = try await eventually(file) { try? String(contentsOfFile: path, encoding: .utf8) }
                #expect(text.contains(words) && text.hasSuffix("\n"), "\(signal): \(text)")
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect(attributes[.posixPermissions] as? Int == 0o644)
            }
        }
    }

    @Test("Its pid files have its number, a second one ends because of them, and they are gone when it has ended")
    func pidFiles() async throws {
        try await Lab.with { lab in
            let (container, keepalived, number) = try await Self.master(in: lab)
            #expect(try await container.number(in: "vrrp.pid") == number)
            #expect(try await container.pod.run(["pgrep", "--oldest", "keepalived"]) == number)

            let second = try await container.start()
            #expect(try await second.waitForExit() == .exited(0))
            #expect(second.output.contains("daemon is already running"), "\(second.output)")

            try await container.pod.signal("TERM", number)
            #expect(try await keepalived.waitForExit(within: .seconds(20)) == .exited(0))
            let left = try FileManager.default.contentsOfDirectory(atPath: container.run)
            #expect(!left.contains { $0.hasSuffix(".pid") }, "\(left)")
            #expect(try await !container.pod.host.addresses().contains("192.0.2.100/32"))
        }
    }

    @Test("-t tells what a start would do by its exit status")
    func check() async throws {
        try await Lab.with { lab in
            let container = try await Container(on: lab.host("node", addresses: ["192.0.2.10/24"]))
            let faulty = Self.one + Self.file(("other", 0, "192.0.2.101"))
            for (text, status) in [(Self.one, 0), (faulty, 5), (faulty + "}\n", 4)] as [(String, Int32)] {
                try container.write(text)
                let process = try await container.start(["-t"])
                #expect(try await process.waitForExit() == .exited(status), "\(process.output)")
            }
        }
    }
}
