import CLinux
import Glibc
import VRRP
import VRRPEngine

/// The messages that configure a rule of the routing policy or take it away.
enum RuleRequest {
    /// The message for a rule.
    ///
    /// - Parameter ownProtocol: The mark of this process, for a rule that has no number of its own.
    static func message(
        for rule: VirtualRule, ownProtocol: UInt8, isAddition: Bool
    ) throws(SystemCallError) -> NetlinkMessage {
        var header = fib_rule_hdr()
        header.family = UInt8(rule.family == .ipv4 ? AF_INET : AF_INET6)
        header.src_len = rule.source?.length ?? 0
        header.dst_len = rule.destination?.length ?? 0
        header.tos = rule.typeOfService
        header.action = rule.action.number
        header.flags = rule.isInverted ? UInt32(FIB_RULE_INVERT) : 0
        if case .lookup(let table) = rule.action, table < 256 { header.table = UInt8(table) }
        let message = try NetlinkMessage(
            type: isAddition ? RTM_NEWRULE : RTM_DELRULE,
            flags: NLM_F_ACK | (isAddition ? NLM_F_CREATE | NLM_F_EXCL : 0), header: header)

        try message.add(Int(FRA_PRIORITY), rule.priority)
        let hasOwnMark = rule.protocolNumber == VirtualRoute.ownProtocol
        try message.add(Int(FRA_PROTOCOL), hasOwnMark ? ownProtocol : rule.protocolNumber)
        if case .lookup(let table) = rule.action, table > 255 { try message.add(Int(FRA_TABLE), table) }
        if case .goTo(let priority) = rule.action { try message.add(Int(FRA_GOTO), priority) }
        try addSelector(of: rule, to: message)
        if let length = rule.suppressedPrefixLength { try message.add(Int(FRA_SUPPRESS_PREFIXLEN), length) }
        if let group = rule.suppressedInterfaceGroup { try message.add(Int(FRA_SUPPRESS_IFGROUP), group) }
        if let realms = rule.realms { try message.add(Int(FRA_FLOW), realms) }
        if rule.usesTableOfVRF { try message.add(Int(FRA_L3MDEV), UInt8(1)) }
        return message
    }

    private static func addSelector(
        of rule: VirtualRule, to message: borrowing NetlinkMessage
    ) throws(SystemCallError) {
        for (attribute, prefix) in [(Int(FRA_SRC), rule.source), (Int(FRA_DST), rule.destination)] {
            guard let prefix, prefix.length > 0 else { continue }
            var octets: [UInt8] = []
            prefix.address.append(to: &octets)
            try message.add(attribute, octets: octets)
        }
        if let mark = rule.firewallMark { try message.add(Int(FRA_FWMARK), mark) }
        if let mask = rule.firewallMask { try message.add(Int(FRA_FWMASK), mask) }
        if let name = rule.inputInterface { try message.add(Int(FRA_IIFNAME), text: name) }
        if let name = rule.outputInterface { try message.add(Int(FRA_OIFNAME), text: name) }
        if let identifier = rule.tunnelID { try message.add(Int(FRA_TUN_ID), identifier.bigEndian) }
        if let users = rule.userIDs {
            try message.add(Int(FRA_UID_RANGE), fib_rule_uid_range(start: users.lowerBound, end: users.upperBound))
        }
        if let number = rule.ipProtocol { try message.add(Int(FRA_IP_PROTO), number) }
        for (attribute, ports) in [
            (Int(FRA_SPORT_RANGE), rule.sourcePorts), (Int(FRA_DPORT_RANGE), rule.destinationPorts),
        ] {
            guard let ports else { continue }
            try message.add(attribute, fib_rule_port_range(start: ports.lowerBound, end: ports.upperBound))
        }
    }
}

extension VirtualRule.Action {
    /// The kernel's number.
    fileprivate var number: UInt8 {
        switch self {
        case .lookup: UInt8(FR_ACT_TO_TBL)
        case .goTo: UInt8(FR_ACT_GOTO)
        case .nothing: UInt8(FR_ACT_NOP)
        case .blackhole: UInt8(FR_ACT_BLACKHOLE)
        case .unreachable: UInt8(FR_ACT_UNREACHABLE)
        case .prohibit: UInt8(FR_ACT_PROHIBIT)
        }
    }
}
