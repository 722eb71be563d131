import CLinux
import Glibc
public import VRRP
public import VRRPEngine

/// The node's network, for programs that look at it or change it once and do not follow it.
public enum NodeNetwork {
    /// How many requests go to the kernel at once; the answers to them must have room.
    private static let batchLimit = 256

    /// The interfaces, each with its addresses in the kernel's order.
    public static func interfaces() throws(SystemCallError) -> [HostInterface] {
        var monitor = try InterfaceMonitor()
        return try monitor.resynchronize()
    }

    /// The name of the interface that packets to an address leave by; nil where there is no route.
    public static func interface(towards address: IPAddress) throws(SystemCallError) -> String? {
        let isIPv4 = address.family == .ipv4
        var header = rtmsg()
        header.rtm_family = UInt8(isIPv4 ? AF_INET : AF_INET6)
        header.rtm_dst_len = address.family.maximumPrefixLength
        let request = try NetlinkMessage(type: RTM_GETROUTE, flags: NLM_F_ACK, header: header)
        var octets: [UInt8] = []
        address.append(to: &octets)
        try request.add(Int(RTA_DST.rawValue), octets: octets)

        var channel = try NetlinkChannel(family: NETLINK_ROUTE)
        var index: UInt32?
        do {
            _ = try channel.dump(request) { message in
                guard message.type == RTM_NEWROUTE else { return }
                for attribute in NetlinkAttributes(message.payload, behind: MemoryLayout<rtmsg>.size)
                where attribute.kind == Int(RTA_OIF.rawValue) {
                    index = attribute.number(as: UInt32.self)
                }
            }
        } catch  where error.errorNumber == ENETUNREACH || error.errorNumber == EHOSTUNREACH {
            return nil
        }
        var name = [CChar](repeating: 0, count: Int(IFNAMSIZ))
        guard let index, if_indextoname(index, &name) != nil else { return nil }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Removes addresses that an interface has with a host prefix; others, and those with another prefix, stay.
    ///
    /// - Returns: each address that was there, with the reason where it could not be removed.
    public static func remove(
        _ addresses: [IPAddress], from name: String
    ) throws(SystemCallError) -> [(address: IPAddress, failure: NetlinkError?)] {
        guard let interface = try interfaces().first(where: { $0.name == name }) else { return [] }
        let wanted = Set(addresses)
        let present = interface.addresses.filter {
            $0.prefixLength == $0.address.family.maximumPrefixLength && wanted.contains($0.address)
        }.map(\.address)
        var operations = present.map {
            AddressOperation.remove(
                AddressAssignment(interfaceIndex: interface.index, address: VirtualAddress($0)))
        }[...]
        var configurator = try AddressConfigurator()
        var failures: [NetlinkError?] = []
        while !operations.isEmpty {
            var some: [NetlinkError?] = []
            configurator.perform(operations.prefix(batchLimit), failures: &some)
            operations = operations.dropFirst(batchLimit)
            failures += some
        }
        return zip(present, failures).map { (address: $0, failure: $1) }
    }
}
