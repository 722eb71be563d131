import CLinux
import Glibc
import VRRP
import VRRPEngine

/// The message that makes a macvlan interface, as libnl-route builds it.
enum MacvlanRequest {
    /// Makes a macvlan in private mode, so that those of several routers do not hear each other on their way out, with
    /// the wanted hardware address and down.
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
        rtnl_link_macvlan_set_mode(link, MACVLAN_MODE_PRIVATE.rawValue)
        var message: OpaquePointer?
        let flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL
        guard rtnl_link_build_add_request(link, flags, &message) == 0, let message else {
            throw SystemCallError("rtnl_link_build_add_request", errorNumber: EINVAL)
        }
        return NetlinkMessage(owning: message)
    }
}
