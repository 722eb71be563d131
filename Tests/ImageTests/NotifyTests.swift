import Foundation
import NetworkLab
import Testing

@Suite("notify.sh", .needsImage, .timeLimit(.minutes(2)))
struct NotifyTests {
    /// Runs it once on a text; the host has 192.0.2.10 on eth0.
    private func bring(_ text: String, reachableAddress: String) async throws -> (brought: String?, log: String) {
        try await Lab.with { lab in
            let pod = try await Pod.start(on: lab.host("node", addresses: ["192.0.2.10/24", "2001:db8::10/64"]))
            let directory = try pod.volume("files")
            try text.write(toFile: directory + "/source", atomically: false, encoding: .utf8)
            let process = try await pod.start(
                ["bash", "-c", "/usr/local/bin/notify.sh"], volumes: ["\(directory):/files"],
                environment: [
                    "file=/files/source", "dst_file=/files/destination", "reachip=\(reachableAddress)",
                    "create_config_only=true",
                ])
            let status = try await process.waitForExit()
            let brought = try? String(contentsOfFile: directory + "/destination", encoding: .utf8)
            #expect(status.isSuccess == (brought != nil))
            return (brought, process.output)
        }
    }

    private static let before = """
        vrrp_script default/user-interface {
            interface wrong
        }
        vrrp_instance default/user-interface {
            interface wrong   # the interface
            # interface wrong
            @node interface "wrong 0"
            dont_track_primary
            track_interface {
                interface
                wrong
            }
            notify "/bin/echo { interface wrong"
            interface	wrong
        }
        vrrp_instance "b { c"
        {
            interface wrong! comment {
        }
        interface wrong
        """

    private static let after = """
        vrrp_script default/user-interface {
            interface wrong
        }
        vrrp_instance default/user-interface {
            interface eth0   # the interface
            # interface wrong
            @node interface eth0
            dont_track_primary
            track_interface {
                interface
                wrong
            }
            notify "/bin/echo { interface wrong"
            interface	eth0
        }
        vrrp_instance "b { c"
        {
            interface eth0! comment {
        }
        interface wrong

        """

    @Test(
        "The keyword interface of an instance is replaced and nothing else, for a neighbour's address and for one's own",
        arguments: ["192.0.2.20", "192.0.2.10", "2001:db8::20", "2001:db8::10"])
    func replacing(address: String) async throws {
        let (brought, log) = try await bring(Self.before, reachableAddress: address)
        #expect(brought == Self.after, "\(log)")
    }

    @Test("Without an address the file is brought as it is")
    func verbatim() async throws {
        #expect(try await bring(Self.before, reachableAddress: "").brought == Self.before)
    }

    @Test(
        "An address that cannot be reached, and what is none, are failures that name it",
        arguments: ["203.0.113.1", "127.0.0.1", "eth0; reboot"])
    func unreachable(address: String) async throws {
        let (brought, log) = try await bring(Self.before, reachableAddress: address)
        #expect(brought == nil && log.contains(address), "\(log)")
    }

    @Test("A process that is no keepalived is not signalled, whatever the pid file says; the next one is")
    func stalePidFile() async throws {
        try await Lab.with { lab in
            let pod = try await OperatorPod(on: lab.host("node", addresses: ["192.0.2.10/24"]))
            try pod.writeConfigMap("vrrp_instance VI {\n}\n")
            let other = try await pod.pod.start(["sleep", "60"])
            let number = try await eventually("sleep") {
                try? await pod.pod.run(["pgrep", "--full", "^sleep 60"])
            }
            try pod.writePidFile(number + "\n")
            let reloader = try await pod.startReloader()
            try await reloader.waitForLine(containing: "waiting for a keepalived", within: .seconds(10))
            try await Task.sleep(for: .seconds(2))
            #expect(other.exitStatus == nil && reloader.exitStatus == nil)
            let successor = try await pod.pod.start(
                ["bash", "-c", "trap 'echo told' HUP; while true; do sleep 0.1; done", "keepalived"])
            let next = try await eventually("its successor") {
                try? await pod.pod.run(["pgrep", "--full", "trap.*keepalived"])
            }
            try pod.writePidFile(next + "\n")
            try await successor.waitForLine(containing: "told", within: .seconds(10))
        }
    }
}
