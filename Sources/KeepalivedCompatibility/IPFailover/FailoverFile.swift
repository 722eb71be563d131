import VRRP

/// The keepalived.conf of a container for IP failover.
struct FailoverFile {
    let settings: FailoverSettings
    let interface: String
    /// The node's own address, which the default check connects to.
    let nodeAddress: IPAddress
    let instances: [FailoverInstance]

    /// The text of the file.
    var text: String {
        var blocks = [
            [
                "! Configuration File for keepalived",
                "! Written at each start out of the environment of the container.",
            ], global,
        ]
        if !instances.isEmpty {
            // A script that no instance tracks is a mistake.
            blocks.append(script)
            blocks += instances.map(lines)
        }
        return blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private var global: [String] {
        Self.block(
            "global_defs",
            ["max_auto_priority 99"] + Self.block("notification_email", settings.emails) + [
                "notification_email_from ipfailover@openshift.local", "smtp_server \(settings.smtpServer)",
                "smtp_connect_timeout 30", "router_id \(scrubbedName)",
                // The user that keepalived looks for by default does not exist in the image.
                "script_user root",
            ])
    }

    private var script: [String] {
        Self.block("vrrp_script \(scriptName)", ["script \"\(checkCommand)\"", "interval \(settings.checkInterval)"])
    }

    private var checkCommand: String {
        if let command = settings.checkScript { return command }
        guard settings.monitorPort > 0 else { return "true" }
        return "/bin/bash -c '</dev/tcp/\(nodeAddress)/\(settings.monitorPort)'"
    }

    private func lines(of instance: FailoverInstance) -> [String] {
        var lines = ["interface \(interface)"]
        if instance.rank.startsAsMaster { lines.append("state MASTER") }
        lines += ["virtual_router_id \(instance.virtualRouterID)", "priority \(instance.rank.priority)"]
        lines += preemption(of: instance)
        if instance.family == .ipv4 {
            // VRRPv3, which IPv6 needs, has no authentication.
            lines += Self.block(
                "authentication", ["auth_type PASS", "auth_pass \(String(settings.name.prefix(8)))"])
        }
        lines += Self.block("track_script", [scriptName])
        if let script = settings.notifyScript { lines.append("notify \"\(script)\"") }
        lines += transport(of: instance.family)
        lines += Self.block("virtual_ipaddress", instance.addresses.map { "\($0) dev \(interface)" })
        return Self.block("vrrp_instance \(scrubbedName)_VIP_\(instance.number)", lines)
    }

    private func preemption(of instance: FailoverInstance) -> [String] {
        switch settings.preemption {
        case .never: ["nopreempt"]
        // It takes over at once in any case, and keepalived complains.
        case .delayed where instance.rank.startsAsMaster: []
        case .delayed(let seconds): ["preempt_delay \(seconds)"]
        case .immediate: []
        }
    }

    private func transport(of family: AddressFamily) -> [String] {
        var lines: [String] = []
        if let source = settings.multicastSource, source.family == family { lines.append("mcast_src_ip \(source)") }
        if let source = settings.unicastSource, source.family == family { lines.append("unicast_src_ip \(source)") }
        let peers = settings.unicastPeers.filter { $0.family == family }
        return lines + (peers.isEmpty ? [] : Self.block("unicast_peer", peers.map(\.description)))
    }

    /// The name with all left out that is neither letter, digit nor underscore; dashes become underscores.
    private var scrubbedName: String {
        String(decoding: settings.name.utf8.filter(\.isNameOctet).map(Self.withoutDash), as: UTF8.self)
    }

    private var scriptName: String {
        "chk_" + String(decoding: settings.name.utf8.map(Self.withoutDash), as: UTF8.self)
    }

    private static func withoutDash(_ octet: UInt8) -> UInt8 {
        octet == UInt8(ascii: "-") ? UInt8(ascii: "_") : octet
    }

    private static func block(_ head: String, _ lines: [String]) -> [String] {
        ["\(head) {"] + lines.map { "    \($0)" } + ["}"]
    }
}
