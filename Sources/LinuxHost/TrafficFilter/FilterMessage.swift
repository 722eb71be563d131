import CLinux
import Glibc

/// Messages to nf_tables (linux/netfilter/nf_tables.h), whose numbers stand in network byte order.
extension NetlinkMessage {
    /// A message of nf_tables to the family `inet`, which is IPv4 and IPv6 in one.
    static func filter(_ type: nf_tables_msg_types, flags: Int32 = 0) throws(SystemCallError) -> NetlinkMessage {
        let header = nfgenmsg(nfgen_family: UInt8(NFPROTO_INET), version: UInt8(NFNETLINK_V0), res_id: 0)
        let kind = Int(NFNL_SUBSYS_NFTABLES) << 8 | Int(type.rawValue)
        return try NetlinkMessage(type: kind, flags: flags | NLM_F_ACK, header: header)
    }

    /// The message that begins a transaction, or the one that ends and commits it.
    static func transaction(begins: Bool) throws(SystemCallError) -> NetlinkMessage {
        let subsystem = UInt16(NFNL_SUBSYS_NFTABLES).bigEndian
        let header = nfgenmsg(nfgen_family: UInt8(AF_UNSPEC), version: UInt8(NFNETLINK_V0), res_id: subsystem)
        // NFNL_MSG_BATCH_BEGIN and NFNL_MSG_BATCH_END.
        let type = Int(NLMSG_MIN_TYPE) + (begins ? 0 : 1)
        return try NetlinkMessage(type: type, flags: 0, header: header)
    }

    /// Adds a number in network byte order.
    func addNetworkOrder(_ attribute: Int, _ number: UInt32) throws(SystemCallError) {
        try add(attribute, number.bigEndian)
    }
}
