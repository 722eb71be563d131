import CLinux
import Glibc
import VRRP
import VRRPEngine

/// The messages that configure an address or take it away (rtnetlink(7)).
enum AddressRequest {
    /// The message for an operation.
    ///
    /// - Parameter originTag: What the address gets as a note of its origin; nil for none.
    /// - Throws: EINVAL for a prefix that is longer than the address and for a label that is longer than 15 octets, which
    ///   the kernel would cut or misunderstand.
    static func message(
        for operation: AddressOperation, originTag: UInt8?
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
        if let peer = address.peer {
            octets.removeAll(keepingCapacity: true)
            peer.append(to: &octets)
        }
        try message.add(Int(IFA_ADDRESS), octets: octets)
        guard operation.isAddition else { return message }
        switch address.address {
        case .v4: try addIPv4Details(of: address, to: message)
        case .v6: try addIPv6Details(of: address, to: message)
        }
        if let originTag { try message.add(Int(IFA_PROTO), originTag) }
        return message
    }

    private static func addIPv4Details(
        of address: VirtualAddress, to message: borrowing NetlinkMessage
    ) throws(SystemCallError) {
        if let broadcast = address.broadcast {
            try message.add(Int(IFA_BROADCAST), broadcast.rawValue.bigEndian)
        }
        if let label = address.label { try message.add(Int(IFA_LABEL), text: label) }
        let flags = address.options.kernelFlags
        if flags != 0 { try message.add(Int(IFA_FLAGS), flags) }
    }

    private static func addIPv6Details(
        of address: VirtualAddress, to message: borrowing NetlinkMessage
    ) throws(SystemCallError) {
        // Detection would keep the address from being used for a second and fail while the former active router still
        // answers for it (RFC 9568, section 6.4.3).
        let detection = address.options.contains(.duplicateDetection) ? 0 : UInt32(IFA_F_NODAD)
        try message.add(Int(IFA_FLAGS), address.options.kernelFlags | detection)
        let lifetime = address.effectivePreferredLifetime
        let forever = UInt32.max
        guard lifetime != forever else { return }
        try message.add(
            Int(IFA_CACHEINFO), ifa_cacheinfo(ifa_prefered: lifetime, ifa_valid: forever, cstamp: 0, tstamp: 0))
    }
}

extension VirtualAddress.Options {
    /// The flags of the kernel that stand for the options, duplicate address detection left aside.
    fileprivate var kernelFlags: UInt32 {
        var flags: Int32 = 0
        if contains(.home) { flags |= IFA_F_HOMEADDRESS }
        if contains(.temporaryAddresses) { flags |= IFA_F_MANAGETEMPADDR }
        if contains(.noPrefixRoute) { flags |= IFA_F_NOPREFIXROUTE }
        return UInt32(flags)
    }
}
