import CLinux
import Glibc
import VRRP

/// The table `inet keepalived` of nf_tables, by which OpenShift's image for IP failover says that the multicast of VRRP is
/// expected.
///
///     chain filter { type filter hook input priority 0; policy accept;  ip daddr 224.0.0.18 accept }
///
/// Other tables may drop these packets all the same: an accepting rule ends its own chain alone.
public enum MulticastAcceptance {
    private static let table = "keepalived"
    private static let chain = "filter"
    private static let group = IPAddress.v4(IPv4Address(224, 0, 0, 18))
    /// Where the destination lies in an IPv4 header.
    private static let destinationOffset: UInt32 = 16

    /// Makes the table with its chain and its rule; a chain that is there already stays as it is.
    ///
    /// - Returns: whether the chain is new.
    @discardableResult
    public static func establish() throws(NetlinkError) -> Bool {
        let name = "accept the multicast of VRRP with nftables"
        do {
            try transact(name) { (batch) throws(SystemCallError) in
                batch.append(try tableMessage(NFT_MSG_NEWTABLE, flags: NLM_F_CREATE))
                batch.append(try chainMessage())
                batch.append(try ruleMessage())
            }
            return true
        } catch  where error.errorNumber == EEXIST {
            return false
        }
    }

    /// Removes the table with all that is in it.
    ///
    /// - Returns: whether it was there.
    @discardableResult
    public static func remove() throws(NetlinkError) -> Bool {
        do {
            try transact("remove the table inet \(table) of nftables") { (batch) throws(SystemCallError) in
                batch.append(try tableMessage(NFT_MSG_DELTABLE))
            }
            return true
        } catch  where error.errorNumber == ENOENT {
            return false
        }
    }

    private static func transact(
        _ name: String, _ fill: (inout NetlinkBatch) throws(SystemCallError) -> Void
    ) throws(NetlinkError) {
        var channel: NetlinkChannel
        do { channel = try NetlinkChannel(family: NETLINK_NETFILTER) } catch { throw NetlinkError(name, error) }
        try channel.transact(name, fill)
    }

    private static func tableMessage(
        _ type: nf_tables_msg_types, flags: Int32 = 0
    ) throws(SystemCallError) -> NetlinkMessage {
        let message = try NetlinkMessage.filter(type, flags: flags)
        try message.add(Int(NFTA_TABLE_NAME.rawValue), text: table)
        return message
    }

    private static func chainMessage() throws(SystemCallError) -> NetlinkMessage {
        let message = try NetlinkMessage.filter(NFT_MSG_NEWCHAIN, flags: NLM_F_CREATE | NLM_F_EXCL)
        try message.add(Int(NFTA_CHAIN_TABLE.rawValue), text: table)
        try message.add(Int(NFTA_CHAIN_NAME.rawValue), text: chain)
        try message.nest(Int(NFTA_CHAIN_HOOK.rawValue)) { () throws(SystemCallError) in
            try message.addNetworkOrder(Int(NFTA_HOOK_HOOKNUM.rawValue), UInt32(NF_INET_LOCAL_IN.rawValue))
            try message.addNetworkOrder(Int(NFTA_HOOK_PRIORITY.rawValue), 0)
        }
        try message.addNetworkOrder(Int(NFTA_CHAIN_POLICY.rawValue), UInt32(NF_ACCEPT))
        try message.add(Int(NFTA_CHAIN_TYPE.rawValue), text: "filter")
        return message
    }

    private static func ruleMessage() throws(SystemCallError) -> NetlinkMessage {
        let message = try NetlinkMessage.filter(NFT_MSG_NEWRULE, flags: NLM_F_CREATE | NLM_F_APPEND)
        try message.add(Int(NFTA_RULE_TABLE.rawValue), text: table)
        try message.add(Int(NFTA_RULE_CHAIN.rawValue), text: chain)
        try message.nest(Int(NFTA_RULE_EXPRESSIONS.rawValue)) { () throws(SystemCallError) in
            try message.matchFamily(.ipv4)
            try message.matchAddress(at: destinationOffset, group)
            try message.decide(NF_ACCEPT)
        }
        return message
    }
}
