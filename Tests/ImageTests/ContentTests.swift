import NetworkLab
import Testing

@Suite("What is in the image", .needsImage, .timeLimit(.minutes(2)))
struct ContentTests {
    /// What users' check and notify scripts, the operator's sidecars and this project's scripts call.
    private static let programs = [
        "/bin/bash", "/bin/sh", "/usr/bin/curl", "/usr/bin/env", "/usr/sbin/keepalived", "/usr/sbin/vrrpd",
        "/usr/bin/vrrpctl", "/usr/bin/vrrp-ipfailover", "/usr/local/bin/notify.sh",
        "/usr/local/bin/keepalived_exporter", "/usr/local/bin/vrrp-operator", "/usr/local/bin/vrrp-agent",
        "/usr/local/bin/kubectl-virtualips", "awk", "cat", "cp", "cut",
        "date", "dirname", "find", "grep", "gzip", "head", "hostname", "id", "ifconfig", "ip", "ipset", "killall",
        "kill",
        "lsmod", "md5sum", "modprobe", "mv", "nc", "ncat", "nft", "nsenter", "pgrep", "pidof", "ping", "pkill", "ps",
        "python3", "readlink", "sed", "setpriv", "sha256sum", "sleep", "sort", "ss", "stat", "sysctl", "tail", "tar",
        "timeout", "tr", "xargs",
    ]

    /// A command, and words of its output.
    private static let commands: [(command: String, words: [String])] = [
        ("keepalived --signum=JSON", ["36"]),
        ("keepalived --version 2>&1 | head -n 1", ["Keepalived v"]),
        ("keepalived_exporter -version", ["keepalived_exporter "]),
        ("vrrpctl --help", ["status"]),
        ("echo abc | grep -oP '(?<=a)b'", ["b"]),
        ("python3 -c 'print(6 * 7)'", ["42"]),
        ("nc --version 2>&1", ["Ncat"]),
        ("curl --version", ["https"]),
        ("readlink /var/lib/ipfailover/keepalived/monitor.sh", ["/usr/bin/vrrp-ipfailover"]),
        ("readlink /var/lib/ipfailover/keepalived/remove-failover.sh", ["/usr/bin/vrrp-ipfailover"]),
    ]

    @Test("Every program that scripts rely on is there and can be executed")
    func programs() async throws {
        try await Lab.with { lab in
            let pod = try await Pod.start(on: lab.host("node", addresses: ["192.0.2.10/24"]))
            let script = #"for program; do command -v "$program" >/dev/null || echo "$program"; done"#
            let missing = try await pod.run(["/bin/bash", "-c", script, "-"] + Self.programs)
            #expect(missing.isEmpty, "missing: \(missing)")
        }
    }

    @Test("Programs run and say what they are; each library that ours are linked with is there")
    func commands() async throws {
        try await Lab.with { lab in
            let pod = try await Pod.start(on: lab.host("node", addresses: ["192.0.2.10/24"]))
            for (command, words) in Self.commands {
                let output = try await pod.run(["bash", "-c", command])
                for word in words { #expect(output.contains(word), "\(command): \(output)") }
            }
            let libraries = try await pod.run([
                "ldd", "/usr/sbin/keepalived", "/usr/bin/vrrpctl", "/usr/local/bin/keepalived_exporter",
                "/usr/local/bin/vrrp-operator", "/usr/local/bin/vrrp-agent", "/usr/local/bin/kubectl-virtualips",
            ])
            #expect(!libraries.contains("not found") && libraries.contains("libnl-route-3"), "\(libraries)")
        }
    }

    @Test("Everything of ours belongs to root, and nobody else may write to anything that is executed")
    func owners() async throws {
        try await Lab.with { lab in
            let pod = try await Pod.start(on: lab.host("node", addresses: ["192.0.2.10/24"]))
            let others = try await pod.run([
                "find", "/etc", "/usr", "/var/lib/ipfailover", "-xdev", "!", "-type", "l", "(", "!", "-uid", "0", "-o",
                "-perm", "/022", ")", "-print",
            ])
            #expect(others.isEmpty, "\(others)")
        }
    }
}
