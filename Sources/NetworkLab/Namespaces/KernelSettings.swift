/// The kernel parameters that the lab sets in its namespaces.
enum KernelSettings {
    /// Addresses are usable at once and nothing speaks that was not asked to.
    static func host(_ options: HostOptions) -> KeyValuePairs<String, String> {
        let forwarding = options.forwarding ? "1" : "0"
        let filter = String(options.reversePathFilter)
        return [
            "net.ipv4.ip_forward": forwarding,
            "net.ipv6.conf.all.forwarding": forwarding,
            "net.ipv4.conf.all.rp_filter": filter,
            "net.ipv4.conf.default.rp_filter": filter,
            "net.ipv6.conf.all.accept_dad": "0",
            "net.ipv6.conf.default.accept_dad": "0",
            "net.ipv6.conf.default.dad_transmits": "0",
            "net.ipv6.conf.default.accept_ra": "0",
            "net.ipv6.conf.default.router_solicitations": "0",
        ]
    }

    /// The bridges carry frames and say nothing themselves.
    static let fabric: KeyValuePairs<String, String> = [
        "net.ipv6.conf.all.disable_ipv6": "1",
        "net.ipv6.conf.default.disable_ipv6": "1",
    ]

    /// A switch looks at frames alone; without these the bridges of kernels that have them would take every packet
    /// through the filters of IP, at the cost of whoever sent it.
    static let bridgeFilters: KeyValuePairs<String, String> = [
        "net.bridge.bridge-nf-call-arptables": "0",
        "net.bridge.bridge-nf-call-ip6tables": "0",
        "net.bridge.bridge-nf-call-iptables": "0",
    ]
}
