import CLinux
import Glibc
import VRRP

/// The expressions of a rule: each loads, compares or decides, and the rule ends at the first that does not match.
extension NetlinkMessage {
    /// Goes on only with packets of a family.
    func matchFamily(_ family: AddressFamily) throws(SystemCallError) {
        try loadMeta(UInt32(NFT_META_NFPROTO.rawValue))
        try compare([UInt8(family == .ipv4 ? NFPROTO_IPV4 : NFPROTO_IPV6)])
    }

    /// Goes on only with ICMPv6 messages of a type.
    func matchICMPv6(type: UInt8) throws(SystemCallError) {
        try loadMeta(UInt32(NFT_META_L4PROTO.rawValue))
        try compare([UInt8(IPPROTO_ICMPV6)])
        try loadPayload(UInt32(NFT_PAYLOAD_TRANSPORT_HEADER.rawValue), offset: 0, length: 1)
        try compare([type])
    }

    /// Goes on only with packets that have an address of a set in the IP header, `offset` octets from its start.
    func matchAddress(at offset: UInt32, _ family: AddressFamily, inSet name: String) throws(SystemCallError) {
        let base = UInt32(NFT_PAYLOAD_NETWORK_HEADER.rawValue)
        try loadPayload(base, offset: offset, length: UInt32(family.addressLength))
        try expression("lookup") { () throws(SystemCallError) in
            try addNetworkOrder(Int(NFTA_LOOKUP_SREG.rawValue), UInt32(NFT_REG_1.rawValue))
            try add(Int(NFTA_LOOKUP_SET.rawValue), text: name)
        }
    }

    /// Counts the packets and octets that come as far as this.
    func count() throws(SystemCallError) {
        try expression("counter") { () throws(SystemCallError) in }
    }

    /// Goes on only with packets that have this address in the IP header, `offset` octets from its start.
    func matchAddress(at offset: UInt32, _ address: IPAddress) throws(SystemCallError) {
        var octets: [UInt8] = []
        address.append(to: &octets)
        try loadPayload(UInt32(NFT_PAYLOAD_NETWORK_HEADER.rawValue), offset: offset, length: UInt32(octets.count))
        try compare(octets)
    }

    /// Ends the rule: NF_ACCEPT or NF_DROP.
    func decide(_ verdict: Int32) throws(SystemCallError) {
        try expression("immediate") { () throws(SystemCallError) in
            try addNetworkOrder(Int(NFTA_IMMEDIATE_DREG.rawValue), UInt32(NFT_REG_VERDICT.rawValue))
            try nest(Int(NFTA_IMMEDIATE_DATA.rawValue)) { () throws(SystemCallError) in
                try nest(Int(NFTA_DATA_VERDICT.rawValue)) { () throws(SystemCallError) in
                    try addNetworkOrder(Int(NFTA_VERDICT_CODE.rawValue), UInt32(verdict))
                }
            }
        }
    }

    private func loadMeta(_ key: UInt32) throws(SystemCallError) {
        try expression("meta") { () throws(SystemCallError) in
            try addNetworkOrder(Int(NFTA_META_DREG.rawValue), UInt32(NFT_REG_1.rawValue))
            try addNetworkOrder(Int(NFTA_META_KEY.rawValue), key)
        }
    }

    private func loadPayload(_ base: UInt32, offset: UInt32, length: UInt32) throws(SystemCallError) {
        try expression("payload") { () throws(SystemCallError) in
            try addNetworkOrder(Int(NFTA_PAYLOAD_DREG.rawValue), UInt32(NFT_REG_1.rawValue))
            try addNetworkOrder(Int(NFTA_PAYLOAD_BASE.rawValue), base)
            try addNetworkOrder(Int(NFTA_PAYLOAD_OFFSET.rawValue), offset)
            try addNetworkOrder(Int(NFTA_PAYLOAD_LEN.rawValue), length)
        }
    }

    private func compare(_ octets: [UInt8]) throws(SystemCallError) {
        try expression("cmp") { () throws(SystemCallError) in
            try addNetworkOrder(Int(NFTA_CMP_SREG.rawValue), UInt32(NFT_REG_1.rawValue))
            try addNetworkOrder(Int(NFTA_CMP_OP.rawValue), UInt32(NFT_CMP_EQ.rawValue))
            try nest(Int(NFTA_CMP_DATA.rawValue)) { () throws(SystemCallError) in
                try add(Int(NFTA_DATA_VALUE.rawValue), octets: octets)
            }
        }
    }

    private func expression(
        _ name: String, _ details: () throws(SystemCallError) -> Void
    ) throws(SystemCallError) {
        try nest(Int(NFTA_LIST_ELEM.rawValue)) { () throws(SystemCallError) in
            try add(Int(NFTA_EXPR_NAME.rawValue), text: name)
            try nest(Int(NFTA_EXPR_DATA.rawValue), details)
        }
    }
}
