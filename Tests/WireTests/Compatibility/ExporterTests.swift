import NetworkLab
import class NetworkLab.Host
import Testing

@Suite("The exporter on a host with a keepalived.conf", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct ExporterTests {
    private static let configuration = """
        vrrp_script s {
            script "/bin/true"
            user root
        }

        """

    /// Starts the exporter, and waits until it listens.
    private func startExporter(_ host: NetworkLab.Host, _ arguments: [String] = []) async throws -> LabProcess {
        let exporter = try await host.start(
            Programs.keepalivedExporter, arguments, environment: ["TMPDIR": host.directory])
        try await exporter.waitForLine(containing: "Listening on", within: .seconds(15))
        return exporter
    }

    /// The lines of a scrape.
    private func scrape(_ host: NetworkLab.Host) async throws -> [String] {
        let request = #"printf 'GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3"#
        let text = try await host.run("bash", ["-c", "exec 3<>/dev/tcp/127.0.0.1/9650; \(request); cat <&3"])
        return text.split(whereSeparator: \.isNewline).map(String.init)
    }

    @Test(
        "Beside vrrpd called keepalived, without an agent, port 9650 has both established families and the project's own"
    )
    func everything() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            var instance = KeepalivedInstance(priority: 150, interval: "0.1")
            instance.lines = ["track_script {", "    s", "}"]
            let daemon = try await DropIn.start(on: dut.host, Self.configuration + KeepalivedInstance.file(instance))
            try await daemon.waitForLine("(VI) Entering MASTER STATE")
            // When its daemon is gone it shall not look for one, which would be another test's.
            let exporter = try await startExporter(dut.host, ["-ka.pid-path", "/run/keepalived.pid"])
            let lines = try await scrape(dut.host)
            for line in [
                "keepalived_up 1", "vrrp_engine_up 1",
                #"keepalived_vrrp_become_master{intf="eth0",name="VI",state="MASTER",vrid="77"} 1"#,
                #"keepalived_become_master_total{iname="VI",intf="eth0",vrid="77"} 1"#,
                #"keepalived_vrrp_state{iname="VI",intf="eth0",ip_address="192.0.2.100",vrid="77"} 2"#,
                #"keepalived_script_status{name="s"} 1"#,
                #"vrrp_state{intf="eth0",name="VI",vrid="77",state="active"} 1"#,
            ] {
                #expect(lines.contains(line), "\(line) is not in\n\(lines.joined(separator: "\n"))\n\(exporter.output)")
            }
            for name in [
                "keepalived_script_state", "vrrp_engine_process_resident_memory_bytes", "process_start_time_seconds",
            ] {
                #expect(lines.contains { $0.hasPrefix(name) }, "\(name)")
            }
            // The signals of dump files have not been needed.
            #expect(!(try await dut.host.run("ls", [dut.host.directory])).contains("keepalived.data"))

            daemon.process.signal(15)
            _ = try await daemon.process.waitForExit()
            let after = try await scrape(dut.host)
            #expect(after.contains("keepalived_up 0") && after.contains("vrrp_engine_up 0"))
        }
    }

    @Test("Where the socket is not to be asked, dump files have both established families; a pid file names the daemon")
    func dumps() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            var instance = KeepalivedInstance(priority: 150, interval: "0.1")
            instance.lines = ["track_script {", "    s", "}"]
            let daemon = try await DropIn.start(on: dut.host, Self.configuration + KeepalivedInstance.file(instance))
            try await daemon.waitForLine("(VI) Entering MASTER STATE")
            let exporter = try await startExporter(
                dut.host, ["-vrrpd.control-socket=", "-ka.pid-path", "/run/keepalived.pid"])
            let lines = try await scrape(dut.host)
            for line in [
                "keepalived_up 1",
                #"keepalived_vrrp_become_master{intf="eth0",name="VI",state="MASTER",vrid="77"} 1"#,
                #"keepalived_become_master_total{iname="VI",intf="eth0",vrid="77"} 1"#,
                #"keepalived_vrrp_state{iname="VI",intf="eth0",ip_address="192.0.2.100",vrid="77"} 2"#,
                #"keepalived_script_status{name="s"} 1"#,
            ] {
                #expect(lines.contains(line), "\(line) is not in\n\(lines.joined(separator: "\n"))\n\(exporter.output)")
            }
            #expect(lines.contains { $0.hasPrefix(#"keepalived_script_state{name="s"} "#) })
            #expect(!lines.contains { $0.hasPrefix("vrrp_") })
        }
    }
}
