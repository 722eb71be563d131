import CLinux
import Glibc
import VRRP
import VRRPEngine

/// The messages that make and change macvlan interfaces.
enum MacvlanRequest {
    /// In bridge mode the interface below hears multicast frames that come from the virtual MAC address: the adverts of
    /// another active router. In private mode the kernel takes such a frame for one of the macvlan's own and hides it
    /// from the interface below, so that two active routers would never settle.
    private static let mode = MACVLAN_MODE_BRIDGE.rawValue

    /// Makes a macvlan with the wanted hardware address, down.
    static func creation(of interface: VirtualInterface) throws(SystemCallError) -> NetlinkMessage {
        guard let link = rtnl_link_macvlan_alloc() else {
            throw SystemCallError("rtnl_link_macvlan_alloc", errorNumber: ENOMEM)
        }
        defer { rtnl_link_put(link) }
        var octets: [UInt8] = []
        interface.macAddress.append(to: &octets)
        guard let address = nl_addr_build(AF_LLC, octets, octets.count) else {
            throw SystemCallError("nl_addr_build", errorNumber: ENOMEM)
        }
        defer { nl_addr_put(address) }
        rtnl_link_set_name(link, interface.name)
        rtnl_link_set_link(link, interface.parentIndex)
        rtnl_link_set_addr(link, address)
        rtnl_link_macvlan_set_mode(link, mode)
        if let group = interface.linkGroup { rtnl_link_set_group(link, group) }
        var message: OpaquePointer?
        let flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL
        guard rtnl_link_build_add_request(link, flags, &message) == 0, let message else {
            throw SystemCallError("rtnl_link_build_add_request", errorNumber: EINVAL)
        }
        return NetlinkMessage(owning: message)
    }
    /// Gives an existing macvlan, whatever its mode was, the mode that ``creation(of:)`` gives a new one.
    static func modeChange(index: Int32) throws(SystemCallError) -> NetlinkMessage {
        var header = ifinfomsg()
        header.ifi_index = index
        let message = try NetlinkMessage(type: RTM_NEWLINK, flags: NLM_F_ACK, header: header)
        try message.nest(Int(IFLA_LINKINFO)) { () throws(SystemCallError) in
            try message.add(Int(IFLA_INFO_KIND), text: "macvlan")
            try message.nest(Int(IFLA_INFO_DATA)) { () throws(SystemCallError) in
                try message.add(Int(IFLA_MACVLAN_MODE), mode)
            }
        }
        return message
    }
}
