extension CorpusCase {
    /// The keywords of `global_defs` with values that are right and values that are not.
    static let globalDefinitions = inGlobalDefinitions([
        ("", nil), ("router_id node1", nil), ("router_id \"node 1\"", nil), ("router_id", .wrongValueIsRefused),
        ("router_id a b", .moreIsSaid),
        ("vrrp_version 2", nil), ("vrrp_version 3", nil), ("vrrp_version 4", .wrongValueIsRefused),
        ("vrrp_version x", .wrongValueIsRefused),
        ("vrrp_mcast_group4 224.0.0.18", nil), ("vrrp_mcast_group4 192.0.2.1", .wrongValueIsRefused),
        ("vrrp_mcast_group4 x", .wrongValueIsRefused),
        ("vrrp_mcast_group6 ff02::12", nil), ("vrrp_mcast_group6 2001:db8::1", .wrongValueIsRefused),
        ("vrrp_skip_check_adv_addr", nil), ("vrrp_skip_check_adv_addr no", nil),
        ("vrrp_skip_check_adv_addr x", .silenceIsRefused),
        ("vrrp_strict", nil), ("vrrp_garp_master_delay 10", nil), ("vrrp_garp_master_repeat 1", nil),
        ("vrrp_garp_master_refresh 60", nil), ("vrrp_garp_interval 0", .lessIsSaid), ("vrrp_garp_interval 0.001", nil),
        ("vrrp_garp_interval x", .wrongValueIsRefused), ("vrrp_gna_interval 0", .lessIsSaid),
        ("vrrp_min_garp true", nil),
        ("vrrp_lower_prio_no_advert", nil), ("vrrp_higher_prio_send_advert yes", nil),
        ("vrrp_rt_priority 50", nil), ("vrrp_rt_priority 100", .wrongValueIsRefused), ("vrrp_priority -5", nil),
        ("vrrp_priority 20", .wrongValueIsRefused), ("vrrp_no_swap", nil), ("vrrp_check_unicast_src", nil),
        ("enable_script_security", nil), ("script_user root", nil),
        ("max_auto_priority 99", nil),
        ("random_seed 5", nil), ("random_seed x", .wrongValueIsRefused), ("include_check", nil),
        ("include_check match", nil),
        ("include_check +brace_match -match", nil), ("include_check nonsense", .wrongValueIsRefused), ("nonsense", nil),
        ("vmac_prefix vip", nil), ("dynamic_interfaces", nil), ("process_names", nil),
    ])
}
