import Foundation
import NetworkLab
import Testing
import class NetworkLab.Host

/// What OpenShift's tests ask of the image, container by container.
@Suite("As the container of an ipfailover Deployment", .needsImage, .timeLimit(.minutes(3)))
struct IPFailoverTests {
    private static let address = "192.0.2.200"
    private static let environment = [
        "OPENSHIFT_HA_CONFIG_NAME=ipfailover", "OPENSHIFT_HA_VIRTUAL_IPS=\(address)",
        "OPENSHIFT_HA_NETWORK_INTERFACE=eth0", "OPENSHIFT_HA_MONITOR_PORT=0", "OPENSHIFT_HA_VRRP_ID_OFFSET=0",
        "OPENSHIFT_HA_REPLICA_COUNT=2", "OPENSHIFT_HA_PREEMPTION=nopreempt", "HA_EXCLUDED_VRRP_IDS=1",
    ]

    /// One pod of the Deployment with its container.
    private struct Member {
        var pod: Pod
        var container: LabProcess

        init(on host: Host, environment: [String] = IPFailoverTests.environment) async throws {
            pod = try await Pod.start(on: host)
            container = try await pod.start(
                ["/var/lib/ipfailover/keepalived/monitor.sh"], volumes: ["\(try pod.volume("etc")):/etc/keepalived"],
                environment: environment)
        }

        /// The last line of the log that tells of a state, without its time.
        var lastState: String? {
            container.output.split(separator: "\n").last { $0.contains("Entering") }
                .map { String($0[($0.firstIndex(of: "(") ?? $0.startIndex)...]) }
        }

        func wait(forState line: String) async throws {
            _ = try await eventually(line, within: .seconds(60), context: { container.output }) {
                lastState?.hasPrefix(line) == true ? true : nil
            }
        }
    }

    @Test("The last lines of the logs tell who is master, the address follows, and the other one takes over")
    func election() async throws {
        try await Lab.with { lab in
            let one = try await Member(on: lab.host("one", addresses: ["192.0.2.11/24"]))
            try await one.wait(forState: "(ipfailover_VIP_1) Entering MASTER STATE")
            let other = try await Member(on: lab.host("other", addresses: ["192.0.2.12/24"]))
            try await other.wait(forState: "(ipfailover_VIP_1) Entering BACKUP STATE")

            #expect(try await one.pod.run(["ip", "address"]).contains(Self.address))
            #expect(try await one.pod.run(["pgrep", "keepalived"]).split(separator: "\n").count == 1)
            let file = try String(contentsOfFile: "\(try one.pod.volume("etc"))/keepalived.conf", encoding: .utf8)
            #expect(file.contains("virtual_router_id 2") && !file.contains("virtual_router_id 1\n"), "\(file)")

            try await one.pod.run(["pkill", "-TERM", "--full", "keepalived/monitor.sh"])
            #expect(try await one.container.waitForExit(within: .seconds(25)).isSuccess)
            try await other.wait(forState: "(ipfailover_VIP_1) Entering MASTER STATE")
            #expect(try await other.pod.run(["ip", "address"]).contains(Self.address))
            #expect(try await !one.pod.run(["ip", "address"]).contains(Self.address))
        }
    }

    @Test("A check script that bash runs takes the address away when it fails, and a notify script hears of it")
    func scripts() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("one", addresses: ["192.0.2.11/24"])
            let pod = try await Pod.start(on: host)
            let scripts = try pod.volume("scripts")
            for (name, text) in [
                ("check.sh", "#!/bin/bash\n[[ ! -e /etc/keepalived/broken ]]\n"),
                ("notify.sh", "#!/bin/bash\necho \"$@\" >> /etc/keepalived/told\n"),
            ] {
                try text.write(toFile: "\(scripts)/\(name)", atomically: true, encoding: .utf8)
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: "\(scripts)/\(name)")
            }
            let folder = try pod.volume("etc")
            let container = try await pod.start(
                ["/var/lib/ipfailover/keepalived/monitor.sh"],
                volumes: ["\(folder):/etc/keepalived", "\(scripts):/etc/keepalive:ro"],
                environment: Self.environment + [
                    "OPENSHIFT_HA_CHECK_SCRIPT=/etc/keepalive/check.sh", "OPENSHIFT_HA_CHECK_INTERVAL=1",
                    "OPENSHIFT_HA_NOTIFY_SCRIPT=/etc/keepalive/notify.sh",
                ])
            func wait(_ isHeld: Bool) async throws {
                _ = try await eventually("held: \(isHeld)", within: .seconds(30), context: { container.output }) {
                    try await host.addresses().contains("\(Self.address)/32") == isHeld ? true : nil
                }
            }
            try await wait(true)
            #expect(FileManager.default.createFile(atPath: "\(folder)/broken", contents: nil))
            try await wait(false)
            let told = try await eventually("what was told", context: { container.output }) {
                let text = try? String(contentsOfFile: "\(folder)/told", encoding: .utf8)
                return text?.contains("FAULT") == true ? text : nil
            }
            let lines = told.split(separator: "\n")
            #expect(lines.contains { $0.hasPrefix("INSTANCE ipfailover_VIP_1 MASTER ") }, "\(told)")
            #expect(lines.last?.hasPrefix("INSTANCE ipfailover_VIP_1 FAULT ") == true, "\(told)")
        }
    }

    @Test("A wrong variable is named, and nothing is started")
    func refused() async throws {
        try await Lab.with { lab in
            let wrong = Self.environment + ["OPENSHIFT_HA_VIRTUAL_IPS=192.0.2.200/24"]
            let member = try await Member(on: lab.host("one", addresses: ["192.0.2.11/24"]), environment: wrong)
            #expect(try await member.container.waitForExit(within: .seconds(20)) == .exited(2))
            #expect(member.container.output.contains("OPENSHIFT_HA_VIRTUAL_IPS"), "\(member.container.output)")
        }
    }
}
