/// An instance of a keepalived.conf that keepalived and the daemon read alike.
///
/// What is not set has keepalived's default, apart from the addresses: a test that starts both from the same text
/// proves that one can take the other's place.
struct KeepalivedInstance: Sendable {
    var name = "VI"
    var interface = "eth0"
    var id = 77
    var version = 3
    var priority: Int
    /// The interval in seconds, as the file says it.
    var interval = "1"
    var addresses = ["192.0.2.100"]
    /// Further lines.
    var lines: [String] = []

    /// The block `vrrp_instance`.
    var text: String {
        let settings =
            [
                "interface \(interface)", "virtual_router_id \(id)", "version \(version)", "priority \(priority)",
                "advert_int \(interval)",
            ] + lines + ["virtual_ipaddress {"] + addresses.map { "    \($0)" } + ["}"]
        return "vrrp_instance \(name) {\n" + settings.map { "    \($0)\n" }.joined() + "}\n"
    }
}

extension KeepalivedInstance {
    /// A whole file: these instances, which announce each address once to keep captures short.
    static func file(_ instances: KeepalivedInstance...) -> String { file(instances) }

    /// A whole file: these instances, which announce each address once to keep captures short.
    static func file(_ instances: [KeepalivedInstance]) -> String {
        """
        global_defs {
            vrrp_garp_master_repeat 1
            vrrp_garp_master_delay 0
            vrrp_garp_lower_prio_repeat 1
            vrrp_garp_lower_prio_delay 0
        }

        """ + instances.map(\.text).joined(separator: "\n")
    }

    /// Lines that let an instance speak to `peer` by unicast.
    static func unicast(from source: String, to peer: String) -> [String] {
        ["unicast_src_ip \(source)", "unicast_peer {", "    \(peer)", "}"]
    }

    /// Lines that set the password of VRRPv2, which is the key with `AH`.
    static func password(_ password: String, type: String = "PASS") -> [String] {
        ["authentication {", "    auth_type \(type)", "    auth_pass \(password)", "}"]
    }
}
