extension GlobalKeywords {
    /// Keywords about how routers elect, and what the network is to see of it.
    static let electionKeywords = Keyword<GlobalSettings>.skipped(
        [
            "dynamic_interfaces",
            "vrrp_garp_extra_if",
            "vrrp_vmac_garp_intvl",
            "vrrp_down_timer_adverts",
            "vrrp_strict",
            "vrrp_startup_delay",
            "vrrp_delay_after_boot",
            "vrrp_iptables",
            "vrrp_ipsets",
            "nftables",
            "nftables_priority",
            "nftables_ifindex",
            "nftables_counters",
            "disable_local_igmp",
            "vmac_addr_prefix",
            "log_unknown_vrids",
            "linkbeat_use_polling",
        ], .notYet)
}
