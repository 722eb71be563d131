import CLinux
import Glibc
import VRRP
import VRRPEngine

/// The messages that configure an address or take it away (rtnetlink(7)).
enum AddressRequest {
    /// The message for an operation.
    ///
    /// - Parameter tellsOrigin: Whether the address gets ``VRRPEngine/HostAddress/ownTag`` as a note of its origin.
    /// - Throws: EINVAL for a prefix that is longer than the address and for a label that is longer than 15 octets, which
    ///   the kernel would cut or misunderstand.
    static func message(
        for operation: AddressOperation, tellsOrigin: Bool
    ) throws(SystemCallError) -> NetlinkMessage {
        let assignment = operation.assignment
        let address = assignment.address
        guard address.prefixLength <= address.address.family.maximumPrefixLength,
            (address.label?.utf8.count ?? 0) < Int(IFNAMSIZ)
        else { throw SystemCallError("configure", on: "\(address)", errorNumber: EINVAL) }

        var header = ifaddrmsg()
        header.ifa_family = UInt8(address.address.family == .ipv4 ? AF_INET : AF_INET6)
        header.ifa_prefixlen = address.prefixLength
        header.ifa_index = UInt32(bitPattern: assignment.interfaceIndex)
        header.ifa_scope = operation.isAddition && address.address.family == .ipv4 ? address.scope : 0
        let creation = operation.isAddition ? NLM_F_CREATE | NLM_F_EXCL : 0
        let message = try NetlinkMessage(
            type: operation.isAddition ? RTM_NEWADDR : RTM_DELADDR, flags: NLM_F_ACK | creation, header: header)

        var octets: [UInt8] = []
        address.address.append(to: &octets)
        try message.add(Int(IFA_LOCAL), octets: octets)
        try message.add(Int(IFA_ADDRESS), octets: octets)
        guard operation.isAddition else { return message }
        switch address.address {
        case .v4: try addIPv4Details(of: address, to: message)
        case .v6: try addIPv6Details(of: address, to: message)
        }
        if tellsOrigin { try message.add(Int(IFA_PROTO), HostAddress.ownTag) }
        return message
    }

    private static func addIPv4Details(
        of address: VirtualAddress, to message: borrowing NetlinkMessage
    ) throws(SystemCallError) {
        if let broadcast = address.broadcast {
            try message.add(Int(IFA_BROADCAST), broadcast.rawValue.bigEndian)
        }
        if let label = address.label { try message.add(Int(IFA_LABEL), text: label) }
    }

    private static func addIPv6Details(
        of address: VirtualAddress, to message: borrowing NetlinkMessage
    ) throws(SystemCallError) {
        // Detection would keep the address from being used for a second and fail while the former active router still
        // answers for it (RFC 9568, section 6.4.3).
        try message.add(Int(IFA_FLAGS), UInt32(IFA_F_NODAD))
        guard address.prefixLength == address.address.family.maximumPrefixLength else { return }
        // Deprecated from the start: good to be reached at, never chosen as a source (RFC 6724, section 5, rule 3).
        let forever = UInt32.max
        try message.add(
            Int(IFA_CACHEINFO), ifa_cacheinfo(ifa_prefered: 0, ifa_valid: forever, cstamp: 0, tstamp: 0))
    }
}
