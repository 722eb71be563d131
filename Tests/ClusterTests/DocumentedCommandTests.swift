import Foundation
import Glibc
import NetworkLab
import class NetworkLab.Host
import Testing

/// Each command of the documentation is run by one of these tests, or its program stands in `elsewhere` with the reason.
@Suite("Commands in the documentation")
struct DocumentedCommandTests {
    static let ofHosts: Set = ["vrrpd", "vrrpctl", "vrrp-agent", "tshark", "cat", "install"]
    static let ofClusters: Set = ["kubectl", "…"]
    static let ofCharts: Set = ["helm"]
    static let ofTheProject: Set = ["make", ".ci/run"]
    /// What no test can run here, and why.
    static let elsewhere = [
        "oc": "a client of OpenShift, which is no Debian package; the file that it is given is applied by kubectl",
        "podman": "takes base images from a registry; the same files are brought together by deploy/image/build",
        "systemctl": "needs systemd as process 1",
        "systemd-sysusers": "makes a group on the machine itself",
    ]

    /// All programs that a test runs, or that have a reason.
    static let named = ofHosts.union(ofClusters).union(ofCharts).union(ofTheProject).union(elsewhere.keys)

    @Test("Each command is of a program that a test runs")
    func programs() throws {
        let commands = try DocumentedCommand.all()
        for command in commands { #expect(Self.named.contains(command.program), "\(command)") }
        #expect(Set(commands.map(\.program)).isSuperset(of: Self.elsewhere.keys), "a reason is not needed any more")
    }

    @Test("Each program of this project stands on a page")
    func ownPrograms() throws {
        let text = try DocumentedCommand.pages.map(Project.text).joined()
        #expect(DocumentedCommand.ownPrograms.isSuperset(of: ["vrrpd", "vrrpctl", "vrrp-lab"]))
        for program in DocumentedCommand.ownPrograms {
            let asPlugIn = program.replacing("kubectl-", with: "kubectl ")
            #expect(text.contains(program) || text.contains(asPlugIn), "no page has \(program)")
        }
    }

    @Test("Each option of the operator stands on its page, and no other one")
    func operatorOptions() throws {
        let help = try Program.run(Programs.directory + "/vrrp-operator", ["--experimental-dump-help"])
        let options = Set(help.matches(of: /"kind" : "long",\s*"name" : "([a-z-]+)"/).map { String($0.1) })
        #expect(options.contains("privileged-pods"))
        let page = try Project.text("docs/kubernetes.md")
        let sections = page.split(separator: "\n## ", omittingEmptySubsequences: false)
        let section = try #require(sections.first { $0.hasPrefix("Options of the operator\n") })
        let documented = section.matches(of: /\n\| `--([a-z-]+)`/).map { String($0.1) }
        #expect(Set(documented) == options.subtracting(["help", "version"]))
    }

    @Test("What make is told to make is there")
    func make() throws {
        let commands = try DocumentedCommand.all().filter { Self.ofTheProject.contains($0.program) }
        #expect(!commands.isEmpty)
        for command in commands {
            switch command.program {
            case "make":
                // Says what it would do, and does nothing.
                let words = command.text.split(separator: " ").dropFirst().map(String.init)
                try Program.run("make", ["--dry-run", "--directory", Project.file(".")] + words)
            default: #expect(FileManager.default.isExecutableFile(atPath: Project.file(command.text)), "\(command)")
            }
        }
    }

    @Test("vrrpctl, vrrpd and vrrp-agent do what the documentation shows", .needsLab, .timeLimit(.minutes(3)))
    func hosts() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("a", addresses: ["192.0.2.10/24"])
            let other = try await lab.host("b", addresses: ["192.0.2.20/24"])
            let story = try HostStory(host, other)
            try await story.tell()
        }
    }
}

/// Two hosts on which everything happens that the documentation of vrrpctl shows.
private struct HostStory {
    private let host: NetworkLab.Host
    private let other: NetworkLab.Host
    private let shell: DocumentedShell

    init(_ host: NetworkLab.Host, _ other: NetworkLab.Host) throws {
        self.host = host
        self.other = other
        shell = try DocumentedShell(DocumentedCommand.pages, programs: DocumentedCommandTests.ofHosts) { command in
            let process = try await host.start(
                "bash", ["-euc", "cd \(host.directory) && \(command)"], environment: Self.environment)
            guard case .exited(let status) = try await process.waitForExit(within: .seconds(30)) else {
                throw DocumentedShell.Failure(description: "\(command) was killed:\n\(process.output)")
            }
            return (process.output.replacingOccurrences(of: host.directory, with: "/etc/vrrpd"), status)
        }
        try FileManager.default.createSymbolicLink(
            atPath: host.directory + "/deploy", withDestinationPath: Project.file("deploy"))
    }

    private static var environment: [String: String] {
        ["PATH": Programs.directory + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")]
    }

    func tell() async throws {
        try await fromKeepalivedConfiguration()
        try await controlling()
        try await checking()
        try await planning()
        #expect(shell.commandsLeft.map(\.description) == [], "commands that no test runs")
    }

    /// The two hosts of the README.
    private func fromKeepalivedConfiguration() async throws {
        let folder = host.directory + "/keepalived"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let readme = try Project.text("README.md")
        let block = try #require(
            readme.firstMatch(of: /\n    global_defs \{\n(.|\n)*?\n    }\n\n    vrrp_instance(.|\n)*?\n    }\n/))
        try String(block.0).write(toFile: folder + "/keepalived.conf", atomically: true, encoding: .utf8)
        // The host's own /etc/keepalived, for as long as the command runs.
        let here = "mount --bind \(folder) /etc/keepalived && exec"
        func inside(_ command: String) -> KeyValuePairs<String, String> {
            [command: "unshare --mount bash -c '\(here) \(command)'"]
        }
        try await shell(
            "vrrpd -t -f /etc/keepalived/keepalived.conf",
            placeholders: inside("vrrpd -t -f /etc/keepalived/keepalived.conf"))
        let text = "vrrpd --dont-fork --log-console"
        try await shell(
            text,
            placeholders: [text: "(unshare --mount bash -c '\(here) \(text)' >README.log 2>&1 & echo $! >README.pid)"])
        try await shows("ingress", "active")
        let number = try String(contentsOfFile: host.directory + "/README.pid", encoding: .utf8)
        let process = try #require(pid_t(number.trimmingCharacters(in: .whitespacesAndNewlines)))
        kill(process, SIGTERM)
        kill(process, SIGTERM)
        let isGone = try await eventually { kill(process, 0) != 0 }
        #expect(isGone)
    }

    private func controlling() async throws {
        func router(_ name: String, _ identifier: Int, _ address: String, _ priority: Int, _ more: String = "")
            -> String
        {
            """
            {"name":"\(name)","interface":"eth0","family":"ipv4","virtualRouterID":\(identifier),"priority":\(priority),"addresses":["\(address)"]\(more)}
            """
        }
        let tracked = #","tracking":{"conditions":[{"external":"endpoints of shop/web","weight":-50}]}"#
        func write(_ routers: [String], _ generation: Int, on host: NetworkLab.Host) throws {
            try
                "{\"version\":1,\"generation\":\(generation),\"virtualRouters\":[\n\(routers.joined(separator: ",\n"))]}\n"
                .write(toFile: host.directory + "/definitions.json", atomically: true, encoding: .utf8)
        }
        try write(
            [router("web", 51, "192.0.2.100/24", 200, tracked), router("mail", 52, "192.0.2.101/24", 100)], 7, on: host)
        try write([router("mail", 52, "192.0.2.101/24", 160)], 1, on: other)
        let peer = try await start(on: other)
        let daemon = try await start(on: host)
        try await shows("web", "active")
        _ = try await host.run(Programs.vrrpctl, ["track", "endpoints of shop/web=down"])
        try await shows("mail", "192.0.2.20")
        try await shell("vrrpctl status")
        try await shell("vrrpctl explain 192.0.2.100")
        try await shell("vrrpctl explain mail")

        // Now somebody is there who can take over.
        try write([router("mail", 52, "192.0.2.101/24", 160), router("web", 51, "192.0.2.100/24", 90)], 2, on: other)
        peer.signal(SIGHUP)
        let other = other
        let isRead = try await eventually { try await other.run(Programs.vrrpctl, ["status"]).contains("web") }
        #expect(isRead)
        _ = try await host.run(Programs.vrrpctl, ["track", "endpoints of shop/web=up"])
        try await shell("vrrpctl drain --wait 10")
        try await shell("vrrpctl events -n 5")
        try await shell("vrrpctl explain web")
        try await shell("vrrpctl drain --wait 30")
        try await shell("vrrpctl undrain")
        try await shell("vrrpctl events --router web")
        try await shows("web", "active")
        try await shell("vrrpctl capture web > web.pcapng")
        try await shell(
            "tshark -r web.pcapng -T fields -e frame.time_relative -e ip.src -e vrrp.prio -e frame.comment",
            placeholders: [
                // It warns of being root, which the tests are.
                "tshark": "2>/dev/null tshark",
                // An advert of the other node may cross this node's first one.
                "frame.comment": #"frame.comment | awk '$2 == "192.0.2.10" { own = 1 } !own || $2 == "192.0.2.10"'"#,
            ])

        try write([router("web", 51, "192.0.2.100/24", 300, tracked)], 8, on: host)
        try await shell("vrrpctl reload", status: 1)
        try await shell(#"vrrpctl track "endpoints of shop/web=up" "endpoints of shop/nobody=down""#, status: 1)
        for process in [peer, daemon] { process.signal(SIGKILL) }
    }

    private func checking() async throws {
        try """
        vrrp_instance web {
            interface eth0
            virtual_router_id 51
            virtual_ipaddress {
                192.0.2.100/24
            }
            state BACKUP
            priority 300
            advrt_int 1
        }
        """.write(toFile: host.directory + "/keepalived.conf", atomically: true, encoding: .utf8)
        try await shell("vrrpctl check keepalived.conf", status: 1)
        try await shell(
            "vrrpctl check /etc/keepalived/keepalived.conf", placeholders: ["/etc/keepalived": "keepalived"])
        // What the synopsis of decode stands for: the smallest advert of version 3.
        let advert = "3133960101644c5bc0000264"
        try await shell(
            "vrrpctl decode --message HEX --src ADDRESS [--dst ADDRESS] [--ttl NUMBER]",
            placeholders: [
                "HEX": advert, "--src ADDRESS": "--src 192.0.2.10", "[--dst ADDRESS]": "--dst 224.0.0.18",
                "[--ttl NUMBER]": "--ttl 255",
            ])
        let packet = "4500002000000000ff701868c000020ae0000012" + advert
        try await shell("vrrpctl decode --frame HEX", placeholders: ["HEX": "01005e00001200005e0001330800" + packet])
    }

    private func planning() async throws {
        let folder = host.directory + "/manifests"
        try FileManager.default.copyItem(atPath: Project.file("deploy/examples/manifests"), toPath: folder)
        try await shell(
            "vrrp-agent plan --manifests deploy/examples/manifests",
            placeholders: ["deploy/examples/manifests": folder])
        try await shell(
            "cat deploy/examples/manifests/router-ids.json", placeholders: ["deploy/examples/manifests": folder])
        try await shell("install -d /etc/vrrp/manifests", placeholders: ["/etc": "."])
        // The synopsis of the agent of a cluster: without one it says so.
        let output = try await shell(
            "vrrp-agent --node NAME --namespace NAMESPACE --group GROUP [--state-directory DIR] [--control-socket PATH] [--metrics-address :9650] [--kubeconfig FILE] [--log-level LEVEL]",
            placeholders: [
                "NAMESPACE": "floating", "NAME": "a", "GROUP": "edge",
                "[--state-directory DIR]": "--state-directory state",
                "[--control-socket PATH]": "--control-socket none.sock",
                "[--metrics-address :9650]": "--metrics-address 127.0.0.1:0",
                "[--kubeconfig FILE]": "--kubeconfig nothing", "[--log-level LEVEL]": "--log-level info",
            ], status: 1)
        #expect(output.contains("nothing"))
    }

    private func start(on host: NetworkLab.Host) async throws -> LabProcess {
        try await host.start(
            Programs.vrrpd,
            [
                "--dont-fork", "--log-console", "--definitions", host.directory + "/definitions.json", "--pid",
                "/run/vrrpd.pid",
            ])
    }

    /// Waits until a line of the status has two words.
    private func shows(_ first: String, _ second: String) async throws {
        let host = host
        let isSo = try await eventually {
            let status = (try? await host.run(Programs.vrrpctl, ["status"])) ?? ""
            return status.split(separator: "\n").contains { $0.hasPrefix(first + " ") && $0.contains(second) }
        }
        try #require(isSo, "\(first) did not become \(second)")
    }
}
