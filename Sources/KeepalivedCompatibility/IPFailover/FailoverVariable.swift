/// The variables of the environment that OpenShift's image for IP failover knows, in the order in which they are read.
enum FailoverVariable: String, CaseIterable {
    case configurationName = "OPENSHIFT_HA_CONFIG_NAME"
    case virtualIPs = "OPENSHIFT_HA_VIRTUAL_IPS"
    case groups = "OPENSHIFT_HA_VIP_GROUPS"
    case interface = "OPENSHIFT_HA_NETWORK_INTERFACE"
    case monitorPort = "OPENSHIFT_HA_MONITOR_PORT"
    case replicas = "OPENSHIFT_HA_REPLICA_COUNT"
    case idOffset = "OPENSHIFT_HA_VRRP_ID_OFFSET"
    case excludedIDs = "HA_EXCLUDED_VRRP_IDS"
    case nftablesRule = "OPENSHIFT_HA_NFTABLES_RULE"
    /// The former name of ``nftablesRule``.
    case iptablesChain = "OPENSHIFT_HA_IPTABLES_CHAIN"
    case checkScript = "OPENSHIFT_HA_CHECK_SCRIPT"
    case checkInterval = "OPENSHIFT_HA_CHECK_INTERVAL"
    case notifyScript = "OPENSHIFT_HA_NOTIFY_SCRIPT"
    case preemption = "OPENSHIFT_HA_PREEMPTION"
    case unicastPeers = "OPENSHIFT_HA_UNICAST_PEERS"
    case multicastSource = "MULTICAST_SOURCE_IPADDRESS"
    case unicastSource = "UNICAST_SOURCE_IPADDRESS"
    case adminEmails = "OPENSHIFT_HA_ADMIN_EMAILS"
    case smtpServer = "OPENSHIFT_HA_SMTP_SERVER"
    case configurationFile = "KEEPALIVED_CONFIG"
    /// What its name promises comes from ``unicastPeers`` alone, there as here.
    case usesUnicast = "OPENSHIFT_HA_USE_UNICAST"
    /// A note of the tool that made deployments once.
    case selector = "OPENSHIFT_HA_SELECTOR"
}
