extension GlobalKeywords {
    /// Keywords about SNMP and D-Bus, which this program does not speak.
    static let otherPartsKeywords = Keyword<GlobalSettings>.skipped(
        [
            "enable_snmp_keepalived",
            "enable_snmp_vrrp",
            "enable_snmp_rfc",
            "enable_snmp_rfcv2",
            "enable_snmp_rfcv3",
            "snmp_socket",
            "enable_traps",
            "enable_dbus",
            "dbus_service_name",
            "dbus_no_interface_name",
        ])
}
