import Foundation
import NetworkLab
import Testing

/// What the existing keepalived-operator does with the image, container by container.
@Suite("In the pod of keepalived-operator", .needsImage, .timeLimit(.minutes(3)))
struct OperatorTests {
    private static let configuration: String = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../Fixtures/keepalived/operator-rendered.conf").standardized
        return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    }()

    /// The address of the first instance, whose Service has a health check, and that of the second.
    private static let (checked, spread) = ("192.0.2.100/32", "192.0.2.101/32")

    private func addresses(of pod: OperatorPod) async throws -> Set<String> {
        Set(try await pod.host.addresses()).intersection([Self.checked, Self.spread, "192.0.2.102/32"])
    }

    private func wait(
        for addresses: Set<String>, on pod: OperatorPod, within timeout: Duration = .seconds(20), _ log: LabProcess
    ) async throws {
        _ = try await eventually("addresses \(addresses)", within: timeout, context: { log.output }) {
            try await self.addresses(of: pod) == addresses ? true : nil
        }
    }

    /// Answers the health check, by the image's own ncat.
    private func startHealthCheck(in pod: OperatorPod) async throws -> LabProcess {
        try await pod.pod.start([
            "nc", "--listen", "--keep-open", "127.0.0.1", "30999", "--sh-exec",
            #"read line; printf 'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n'"#,
        ])
    }

    @Test("Its containers work together: set-up, reload right after the start, a new ConfigMap, health check, end")
    func life() async throws {
        try await Lab.with { lab in
            let node = try await lab.host("node", addresses: ["192.0.2.10/24"])
            // The address is the node's own: the route to it would lead to lo.
            let pod = try await OperatorPod(on: node, reachableAddress: "192.0.2.10")
            try pod.writeConfigMap(Self.configuration.replacing("interface eth0", with: "interface br-ex"))
            try await pod.setUp()
            #expect(try pod.broughtConfiguration == Self.configuration)

            // The reloader comes first, waits for the pid file and then tells at once.
            let reloader = try await pod.startReloader()
            try await reloader.waitForLine(containing: "waiting for a keepalived", within: .seconds(10))
            let keepalived = try await pod.startKeepalived()
            try await reloader.waitForLine(containing: "told keepalived, process ", within: .seconds(10))
            try await keepalived.waitForLine(containing: "Reloaded", within: .seconds(10))
            let process = try #require(pod.keepalivedProcess)
            #expect(process.wholeMatch(of: /[1-9][0-9]*\n/) != nil)
            let number = process.trimmingCharacters(in: .newlines)
            #expect(try await pod.pod.run(["pgrep", "--oldest", "keepalived"]) == number)
            try await wait(for: [Self.spread], on: pod, keepalived)
            try await keepalived.waitForLine(
                containing: "(default/web.v2/192.0.2.101) Entering MASTER STATE", within: .seconds(5))

            let health = try await startHealthCheck(in: pod)
            try await wait(for: [Self.checked, Self.spread], on: pod, keepalived)
            health.killSession()
            try await pod.pod.run(["pkill", "nc"])
            try await wait(for: [Self.spread], on: pod, keepalived)

            try pod.writeConfigMap(Self.configuration.replacing("192.0.2.101", with: "192.0.2.102"))
            try await wait(for: ["192.0.2.102/32"], on: pod, keepalived)

            try await pod.pod.signal("TERM", number)
            #expect(try await keepalived.waitForExit(within: .seconds(30)) == .exited(0))
            #expect(try await addresses(of: pod).isEmpty)
            #expect(reloader.exitStatus == nil)
        }
    }

    @Test("A reload that comes with the start disturbs nothing: the address stays, and the state is entered once")
    func reload() async throws {
        try await Lab.with { lab in
            let node = try await lab.host("node", addresses: ["192.0.2.10/24"])
            let pod = try await OperatorPod(on: node)
            try pod.writeConfigMap(Self.configuration)
            try await pod.setUp()
            let keepalived = try await pod.startKeepalived()
            try await wait(for: [Self.spread], on: pod, keepalived)
            let reloader = try await pod.startReloader()
            try await reloader.waitForLine(containing: "told keepalived", within: .seconds(10))
            try await keepalived.waitForLine(containing: "Reloaded", within: .seconds(10))
            for _ in 0..<20 {
                #expect(try await addresses(of: pod) == [Self.spread])
                try await Task.sleep(for: .milliseconds(50))
            }
            let exporter = try await pod.startExporter(.exporterOfCRIO)
            let lines = try await pod.scrape()
            let labels = #"{intf="eth0",name="default/web.v2/192.0.2.101",state="MASTER",vrid="2"}"#
            #expect(lines.contains("keepalived_vrrp_become_master\(labels) 1"), "\(lines)\n\(exporter.output)")
        }
    }

    @Test("The exporter has the operator's command line, and tells the state under the names that dashboards know")
    func exporter() async throws {
        try await Lab.with { lab in
            let node = try await lab.host("node", addresses: ["192.0.2.10/24"])
            let pod = try await OperatorPod(on: node)
            try pod.writeConfigMap(Self.configuration)
            try await pod.setUp()
            let exporter = try await pod.startExporter(.exporterOfCRIO)
            let nothing = ["# HELP keepalived_up Status", "# TYPE keepalived_up gauge", "keepalived_up 0"]
            #expect(try await pod.scrape() == nothing)
            let keepalived = try await pod.startKeepalived()
            try await wait(for: [Self.spread], on: pod, keepalived)
            let lines = try await pod.scrape()
            #expect(lines.contains("keepalived_up 1"), "\(lines)\n\(exporter.output)")
            for labels in [
                #"{intf="eth0",name="default/web.v2/192.0.2.101",state="MASTER",vrid="2"}"#,
                #"{intf="eth0",name="default/user-interface",state="FAULT",vrid="1"}"#,
            ] {
                #expect(lines.filter { $0.contains(labels) }.count == 14, "\(lines)")
            }
            #expect(try await pod.scrape("/").contains { $0.contains(#"<a href="/metrics">"#) })
        }
    }

    @Test("An exporter that may not signal says that it is down, and why, but serves on")
    func unprivileged() async throws {
        try await Lab.with { lab in
            let node = try await lab.host("node", addresses: ["192.0.2.10/24"])
            let pod = try await OperatorPod(on: node)
            try pod.writeConfigMap(Self.configuration)
            try await pod.setUp()
            let keepalived = try await pod.startKeepalived()
            try await wait(for: [Self.spread], on: pod, keepalived)
            let exporter = try await pod.startExporter(.exporterOfContainerd)
            #expect(try await pod.scrape().last == "keepalived_up 0")
            try await exporter.waitForLine(containing: "it takes CAP_KILL", within: .seconds(5))
            #expect(try await pod.scrape().last == "keepalived_up 0")
        }
    }

    @Test("Where the daemon's processes are out of sight, the exporter asks its control socket")
    func controlSocket() async throws {
        try await Lab.with { lab in
            let node = try await lab.host("node", addresses: ["192.0.2.10/24"])
            let pod = try await OperatorPod(on: node)
            try pod.writeConfigMap(Self.configuration)
            try await pod.setUp()
            let sockets = "\(try pod.pod.volume("vrrpd")):/run/vrrpd"
            let keepalived = try await pod.startKeepalived(volumes: [sockets])
            try await wait(for: [Self.spread], on: pod, keepalived)
            let other = try await Pod.start(on: node)
            let exporter = try await other.start(["/usr/local/bin/keepalived_exporter"], volumes: [sockets])
            let lines = try await pod.scrape()
            for labels in [
                #"{intf="eth0",name="default/web.v2/192.0.2.101",state="MASTER",vrid="2"} 1"#,
                #"{intf="eth0",name="default/user-interface",state="FAULT",vrid="1"} 0"#,
            ] {
                #expect(lines.contains("keepalived_vrrp_become_master" + labels), "\(lines)\n\(exporter.output)")
            }
        }
    }

    @Test("The web server answers HEAD, IPv6 and many requests on a connection, and refuses what it does not have")
    func web() async throws {
        try await Lab.with { lab in
            let node = try await lab.host("node", addresses: ["192.0.2.10/24"])
            let pod = try await OperatorPod(on: node)
            let exporter = try await pod.startExporter(.exporterOfContainerd)
            try await exporter.waitForLine(containing: "Listening on", within: .seconds(10))
            func status(_ arguments: [String]) async throws -> String {
                // A connection that is closed instead of answered has the status 000.
                let script = #"curl --silent --output /dev/null --write-out '%{http_code}' "$@" || true"#
                return try await pod.pod.run(["bash", "-c", script, "-"] + arguments)
            }
            let address = "http://[::1]:9650"
            #expect(try await status(["--head", "\(address)/metrics?x=1"]) == "200")
            #expect(try await status(["\(address)/"]) == "200")
            #expect(try await status(["\(address)/none"]) == "404")
            #expect(try await status(["--data", "x", "\(address)/metrics"]) == "405")
            #expect(try await status(["--header", "x: " + String(repeating: "y", count: 100_000), address]) != "200")
            let many = try await pod.pod.run([
                "curl", "--silent", "\(address)/metrics", "\(address)/metrics", "\(address)/metrics",
            ])
            #expect(many.components(separatedBy: "keepalived_up 0").count == 4, "\(many)")
            let second = try await pod.startExporter(.exporterOfContainerd)
            #expect(try await second.waitForExit() == .exited(1))
            #expect(second.output.contains(":9650 cannot be listened on"), "\(second.output)")
        }
    }
}
