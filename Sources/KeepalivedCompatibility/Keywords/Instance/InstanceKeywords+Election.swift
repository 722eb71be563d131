extension InstanceKeywords {
    /// Keywords about how an instance elects, and what the network is to see of it.
    static let electionKeywords = Keyword<InstanceSettings>.skipped(
        [
            "strict_mode",
            "garp_extra_if",
            "vmac_garp_intvl",
            "down_timer_adverts",
            "timer_expired_backup",
            "thread_timer_expired",
            "no_virtual_ipaddress",
            "unicast_ttl",
            "unicast_fault_no_peer",
            "old_unicast_checksum",
            "vrf",
            "auth_hmac",
            "use_vmac_addr",
            "vmac_xmit_base",
            "use_ipvlan",
            "promote_secondaries",
            "kernel_rx_buf_size",
            "debug",
            "linkbeat_use_polling",
        ], .notYet)
}
