import CLinux
import Glibc
import VRRP
import VRRPEngine

/// The table `inet vrrpd`, or of another name: two sets of refused addresses and two chains that drop packets to and from them.
///
///     chain input  { type filter hook input priority -1;  nd accepted; ip daddr @ipv4 drop; ip6 daddr @ipv6 drop }
///     chain output { type filter hook output priority -1; nd accepted; ip saddr @ipv4 drop; ip6 saddr @ipv6 drop }
///
/// ARP does not pass here. Neighbour solicitations and advertisements do, and are never refused (RFC 9568, section
/// 6.4.3).
struct FilterTable: Hashable {
    /// Its name, the priority of its chains, and whether its rules count.
    let policy: FilterPolicy
    /// The name of the policy, and what tells the table from those of other processes that have the same policy.
    let name: String

    /// - Parameter suffix: what the name ends in behind that of the policy; empty for a process that is alone.
    init(policy: FilterPolicy, suffix: String = "") {
        self.policy = policy
        name = String(policy.table.prefix(Self.longestName - suffix.utf8.count)) + suffix
    }

    /// The longest name that the kernel takes, in octets; names of policies are ASCII.
    private static let longestName = 255

    /// What a new table may take the place of.
    enum Predecessor {
        /// Of no table.
        case none
        /// Of one that has the sets of this one: a dead process left it.
        case leftover
        /// Of any: its name is the program's own.
        case any
    }

    /// The names that are the program's own, whatever stands there: its usual one, and that of keepalived.
    private static let ownNames: Set<String> = ["vrrpd", "keepalived"]

    /// Whether a table of this name can only be a leftover.
    var hasOwnName: Bool { Self.ownNames.contains(policy.table) }

    private static let neighborMessages: [UInt8] = [135, 136]

    /// The direction that a chain looks at.
    private enum Direction: String, CaseIterable {
        case input
        case output

        var hook: UInt32 {
            switch self {
            case .input: UInt32(NF_INET_LOCAL_IN.rawValue)
            case .output: UInt32(NF_INET_LOCAL_OUT.rawValue)
            }
        }

        /// Where the address that matters lies in the IP header: the destination of input, the source of output.
        func addressOffset(_ family: AddressFamily) -> UInt32 {
            switch (self, family) {
            case (.input, .ipv4): 16
            case (.output, .ipv4): 12
            case (.input, .ipv6): 24
            case (.output, .ipv6): 8
            }
        }
    }

    /// Appends what makes the table, with `addresses` refused.
    ///
    /// Nothing is changed, and EEXIST or ENOENT the answer, where something else stands there than is to be replaced.
    func appendCreation(
        refusing addresses: Set<IPAddress>, replacing predecessor: Predecessor, to batch: inout NetlinkBatch
    ) throws(SystemCallError) {
        switch predecessor {
        case .none: break
        case .leftover: try appendRemovalOfLeftover(to: &batch)
        case .any: try appendDeletion(to: &batch)
        }
        batch.append(try table(NFT_MSG_NEWTABLE, flags: NLM_F_CREATE | NLM_F_EXCL))
        for family in AddressFamily.allCases { batch.append(try set(family)) }
        for direction in Direction.allCases {
            batch.append(try chain(direction))
            for type in Self.neighborMessages {
                let rule = try rule(in: direction)
                try rule.nest(Int(NFTA_RULE_EXPRESSIONS.rawValue)) { () throws(SystemCallError) in
                    try rule.matchICMPv6(type: type)
                    if policy.countsPackets { try rule.count() }
                    try rule.decide(NF_ACCEPT)
                }
                batch.append(rule)
            }
            for family in AddressFamily.allCases {
                let rule = try rule(in: direction)
                try rule.nest(Int(NFTA_RULE_EXPRESSIONS.rawValue)) { () throws(SystemCallError) in
                    try rule.matchFamily(family)
                    try rule.matchAddress(at: direction.addressOffset(family), family, inSet: Self.setName(family))
                    if policy.countsPackets { try rule.count() }
                    try rule.decide(NF_DROP)
                }
                batch.append(rule)
            }
        }
        for address in addresses { batch.append(try element(address, isRefused: true)) }
    }

    /// Appends what removes the table where it has the sets of this one; ENOENT is the answer where it has not.
    func appendRemovalOfLeftover(to batch: inout NetlinkBatch) throws(SystemCallError) {
        for family in AddressFamily.allCases { batch.append(try element(family.anyAddress, isRefused: true)) }
        batch.append(try deletion())
    }

    /// Appends what removes the table, whether or not it is there.
    func appendDeletion(to batch: inout NetlinkBatch) throws(SystemCallError) {
        // Deleting a table that does not exist would fail, so it is made first.
        batch.append(try table(NFT_MSG_NEWTABLE, flags: NLM_F_CREATE))
        batch.append(try deletion())
    }

    /// The message that removes the table with all that is in it.
    func deletion() throws(SystemCallError) -> NetlinkMessage { try table(NFT_MSG_DELTABLE) }

    /// The message that puts an address into its set or takes it out.
    func element(_ address: IPAddress, isRefused: Bool) throws(SystemCallError) -> NetlinkMessage {
        let message = try NetlinkMessage.filter(
            isRefused ? NFT_MSG_NEWSETELEM : NFT_MSG_DELSETELEM, flags: isRefused ? NLM_F_CREATE : 0)
        var octets: [UInt8] = []
        address.append(to: &octets)
        try message.add(Int(NFTA_SET_ELEM_LIST_TABLE.rawValue), text: name)
        try message.add(Int(NFTA_SET_ELEM_LIST_SET.rawValue), text: Self.setName(address.family))
        try message.nest(Int(NFTA_SET_ELEM_LIST_ELEMENTS.rawValue)) { () throws(SystemCallError) in
            try message.nest(Int(NFTA_LIST_ELEM.rawValue)) { () throws(SystemCallError) in
                try message.nest(Int(NFTA_SET_ELEM_KEY.rawValue)) { () throws(SystemCallError) in
                    try message.add(Int(NFTA_DATA_VALUE.rawValue), octets: octets)
                }
            }
        }
        return message
    }

    private static func setName(_ family: AddressFamily) -> String {
        switch family {
        case .ipv4: "ipv4"
        case .ipv6: "ipv6"
        }
    }

    private func table(_ type: nf_tables_msg_types, flags: Int32 = 0) throws(SystemCallError) -> NetlinkMessage {
        let message = try NetlinkMessage.filter(type, flags: flags)
        try message.add(Int(NFTA_TABLE_NAME.rawValue), text: name)
        return message
    }

    private func set(_ family: AddressFamily) throws(SystemCallError) -> NetlinkMessage {
        let message = try NetlinkMessage.filter(NFT_MSG_NEWSET, flags: NLM_F_CREATE)
        try message.add(Int(NFTA_SET_TABLE.rawValue), text: name)
        try message.add(Int(NFTA_SET_NAME.rawValue), text: Self.setName(family))
        try message.addNetworkOrder(Int(NFTA_SET_FLAGS.rawValue), 0)
        // The numbers that nft(8) has for its types ipv4_addr and ipv6_addr; the kernel hands them back to it.
        try message.addNetworkOrder(Int(NFTA_SET_KEY_TYPE.rawValue), family == .ipv4 ? 7 : 8)
        try message.addNetworkOrder(Int(NFTA_SET_KEY_LEN.rawValue), UInt32(family.addressLength))
        try message.addNetworkOrder(Int(NFTA_SET_ID.rawValue), UInt32(family.rawValue))
        return message
    }

    private func chain(_ direction: Direction) throws(SystemCallError) -> NetlinkMessage {
        let message = try NetlinkMessage.filter(NFT_MSG_NEWCHAIN, flags: NLM_F_CREATE)
        try message.add(Int(NFTA_CHAIN_TABLE.rawValue), text: name)
        try message.add(Int(NFTA_CHAIN_NAME.rawValue), text: direction.rawValue)
        try message.nest(Int(NFTA_CHAIN_HOOK.rawValue)) { () throws(SystemCallError) in
            try message.addNetworkOrder(Int(NFTA_HOOK_HOOKNUM.rawValue), direction.hook)
            try message.addNetworkOrder(Int(NFTA_HOOK_PRIORITY.rawValue), UInt32(bitPattern: policy.priority))
        }
        try message.addNetworkOrder(Int(NFTA_CHAIN_POLICY.rawValue), UInt32(NF_ACCEPT))
        try message.add(Int(NFTA_CHAIN_TYPE.rawValue), text: "filter")
        return message
    }

    private func rule(in direction: Direction) throws(SystemCallError) -> NetlinkMessage {
        let message = try NetlinkMessage.filter(NFT_MSG_NEWRULE, flags: NLM_F_CREATE | NLM_F_APPEND)
        try message.add(Int(NFTA_RULE_TABLE.rawValue), text: name)
        try message.add(Int(NFTA_RULE_CHAIN.rawValue), text: direction.rawValue)
        return message
    }
}

extension AddressFamily {
    /// The unspecified address.
    fileprivate var anyAddress: IPAddress {
        switch self {
        case .ipv4: .v4(.unspecified)
        case .ipv6: .v6(.unspecified)
        }
    }
}
