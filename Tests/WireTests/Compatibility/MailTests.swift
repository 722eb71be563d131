import Glibc
import NetworkLab
import Testing

@Suite(
    "Mails of vrrpd called keepalived", .needs(VRRPDaemon.prerequisites + KeepalivedPeer.prerequisites),
    .timeLimit(.minutes(1)))
struct MailTests {
    /// A mail server of a host. It writes a line for each mail: what it was told, without the date.
    private struct Server {
        let process: LabProcess
        let port: UInt16

        /// - Parameter isSilent: whether it takes connections and says nothing.
        static func start(on host: NetworkLab.Host, _ port: UInt16, isSilent: Bool = false) async throws -> Server {
            let script = """
                import socket, sys, threading
                port, silent = int(sys.argv[1]), sys.argv[2] == "silent"
                listener = socket.create_server(("127.0.0.1", port))
                print("ready", flush=True)

                def serve(connection):
                    if silent:
                        print("silent to", connection.recv(1), flush=True)
                        return
                    stream, told, text = connection.makefile("rwb", 0), [], False
                    stream.write(b"220 ready\\r\\n")
                    for line in stream:
                        line = line.decode().rstrip("\\r\\n")
                        if not line.startswith("Date: "): told.append(line)
                        if text and line != ".": continue
                        text = line == "DATA"
                        if line == "QUIT": break
                        stream.write(b"354 go on\\r\\n" if text else b"250 fine\\r\\n")
                    stream.write(b"221 bye\\r\\n")
                    print(" | ".join(told), flush=True)

                while True: threading.Thread(target=serve, args=(listener.accept()[0],)).start()
                """
            let process = try await host.start("python3", ["-c", script, "\(port)", isSilent ? "silent" : "speaking"])
            try await process.waitForLine(containing: "ready", within: .seconds(10))
            return Server(process: process, port: port)
        }

        /// Waits for a mail that contains a text, and returns it.
        func mail(_ text: String) async throws -> String {
            try await process.waitForLine(containing: text, within: .seconds(15)).text
        }
    }

    private static func file(to server: Server, namesItself: Bool = true) -> String {
        let names = "notification_email_from keepalived@example.com\n    smtp_helo_name edge.example.com"
        return """
            global_defs {
                router_id edge
                notification_email {
                    first@example.com
                    second@example.com
                }
                smtp_server 127.0.0.1 \(server.port)
                \(namesItself ? names : "")
                smtp_connect_timeout 10
                smtp_alert
            }

            """ + KeepalivedInstance(priority: 150, interval: "0.1").text
    }

    @Test("From the same file, a server is told the same by both of them", arguments: [true, false])
    func sameMails(namesThemselves: Bool) async throws {
        func mails(isOurs: Bool) async throws -> [String] {
            try await Lab.with { lab in
                let dut = try await lab.node("dut", 10)
                let server = try await Server.start(on: dut.host, 2525)
                let file = Self.file(to: server, namesItself: namesThemselves)
                let process =
                    isOurs
                    ? try await DropIn.start(on: dut.host, file).process
                    : try await KeepalivedPeer.start(on: dut.host, configuration: file).process
                let owning = try await server.mail("MASTER")
                try await lab.fail(dut.host, .unplugged, interface: "eth0")
                let failing = try await server.mail("FAULT")
                process.signal(SIGTERM)
                _ = try await process.waitForExit()
                return [owning, failing]
            }
        }
        let theirs = try await mails(isOurs: false)
        #expect(theirs.allSatisfy { $0.contains("Subject: [edge] VRRP Instance VI - Entering") })
        #expect(try await mails(isOurs: true) == theirs)
    }

    @Test("A server that takes a connection and says nothing holds no other mail up, and is told")
    func silence() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let silent = try await Server.start(on: dut.host, 2526, isSilent: true)
            let server = try await Server.start(on: dut.host, 2525)
            let daemon = try await DropIn.start(on: dut.host, Self.file(to: silent))
            try await daemon.waitForLine("(VI) Entering MASTER STATE")
            let position = try daemon.reload(Self.file(to: server))
            try await daemon.waitForLine("Reloaded", after: position)
            try await lab.fail(dut.host, .unplugged, interface: "eth0")
            _ = try await server.mail("Entering FAULT state")
            let complaint = "a mail could not be handed to 127.0.0.1: it does not answer in time"
            #expect(!daemon.process.output.contains(complaint))
            try await daemon.waitForLine(complaint)
            #expect(try await silent.mail("silent to").contains("b''"), "the client hangs up")
        }
    }
}
