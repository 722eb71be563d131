import CLinux
import Glibc
import VRRP
import VRRPEngine

/// Makes and removes the macvlan interfaces that carry virtual router MAC addresses (RFC 9568, section 7.3).
///
/// ARP is arranged so that a virtual address is answered for with the virtual MAC address alone: each interface answers
/// only for the addresses that it holds itself.
struct VirtualInterfaceConfigurator: ~Copyable {
    private struct Made {
        let index: Int32
        let parentIndex: Int32
    }

    /// What a setting of an interface below was before, and how many virtual interfaces need the other value.
    private struct ParentSettings {
        var previous: [KernelSetting: Int] = [:]
        var users = 0
    }

    private var channel: NetlinkChannel
    private var made: [String: Made] = [:]
    private var parents: [Int32: ParentSettings] = [:]

    /// Connects to the kernel.
    init() throws(SystemCallError) { channel = try NetlinkChannel(family: NETLINK_ROUTE) }

    /// Makes an interface, down; one that a dead process left with the same hardware address is used again.
    ///
    /// - Parameters:
    ///   - existing: What the kernel has under the name.
    ///   - parentName: The name of the interface below.
    ///   - settingRefused: Called with each setting that could not be written; the interface works without it, but other
    ///     interfaces may answer for its addresses.
    mutating func create(
        _ interface: VirtualInterface, existing: LinkMessage?, parentName: String?,
        settingRefused: (SystemCallError) -> Void
    ) throws(NetlinkError) {
        let request = "create interface \(interface.name)"
        let index: Int32
        if let existing {
            guard existing.kind == "macvlan", existing.parentIndex == interface.parentIndex,
                existing.macAddress == interface.macAddress
            else {
                throw NetlinkError(
                    request, errorNumber: EEXIST, explanation: "it is not a macvlan with \(interface.macAddress)")
            }
            index = existing.index
            try setUp(index: index, isUp: false, request)
            try setMode(index: index, request)
        } else {
            index = try make(interface, request)
        }
        let isNew =
            made.updateValue(.init(index: index, parentIndex: interface.parentIndex), forKey: interface.name) == nil
        try setNoLinkLocalAddress(index: index, request)
        apply([("arp_ignore", 1), ("accept_local", 1), ("rp_filter", 0)], to: interface.name, settingRefused)
        if isNew, let parentName { borrow(interface.parentIndex, parentName, settingRefused) }
    }

    /// Removes an interface that ``create(_:existing:parentName:settingRefused:)`` made; its addresses go with it.
    mutating func remove(_ interface: VirtualInterface) throws(NetlinkError) { try remove(named: interface.name) }

    private mutating func remove(named name: String) throws(NetlinkError) {
        guard let known = made.removeValue(forKey: name) else { return }
        giveBack(known.parentIndex)
        let request = "remove interface \(name)"
        var header = ifinfomsg()
        header.ifi_index = known.index
        do {
            let message = try Self.message(RTM_DELLINK, header, request)
            try channel.perform(request, message)
        } catch  where error.errorNumber == ENODEV {
            // It went with the interface below it.
            return
        }
    }

    /// Sets an interface up or down.
    mutating func setUp(_ interface: VirtualInterface, isUp: Bool) throws(NetlinkError) {
        let request = "set interface \(interface.name) \(isUp ? "up" : "down")"
        guard let known = made[interface.name] else { throw NetlinkError(request, errorNumber: ENODEV) }
        try setUp(index: known.index, isUp: isUp, request)
    }

    /// Removes everything that was made and is still there.
    mutating func removeAll(failed: (NetlinkError) -> Void) {
        for name in made.keys {
            do throws(NetlinkError) { try remove(named: name) } catch { failed(error) }
        }
    }

    private mutating func make(_ interface: VirtualInterface, _ request: String) throws(NetlinkError) -> Int32 {
        let message: NetlinkMessage
        do {
            message = try MacvlanRequest.creation(of: interface)
        } catch {
            throw NetlinkError(request, error)
        }
        try channel.perform(request, message)
        let index = if_nametoindex(interface.name)
        guard index != 0 else { throw NetlinkError(request, errorNumber: errno) }
        return Int32(bitPattern: index)
    }

    private mutating func setUp(index: Int32, isUp: Bool, _ request: String) throws(NetlinkError) {
        var header = ifinfomsg()
        header.ifi_index = index
        header.ifi_flags = isUp ? UInt32(IFF_UP) : 0
        header.ifi_change = UInt32(IFF_UP)
        try channel.perform(request, try Self.message(RTM_NEWLINK, header, request))
    }

    private mutating func setMode(index: Int32, _ request: String) throws(NetlinkError) {
        let message: NetlinkMessage
        do {
            message = try MacvlanRequest.modeChange(index: index)
        } catch {
            throw NetlinkError(request, error)
        }
        try channel.perform(request, message)
    }

    /// Keeps the kernel from configuring an IPv6 link-local address made of the virtual MAC address, which every router of
    /// the group would have. The request that makes the interface cannot say so.
    private mutating func setNoLinkLocalAddress(index: Int32, _ request: String) throws(NetlinkError) {
        var header = ifinfomsg()
        header.ifi_index = index
        let message = try Self.message(RTM_NEWLINK, header, request)
        do {
            try message.nest(Int(IFLA_AF_SPEC)) { () throws(SystemCallError) in
                try message.nest(Int(AF_INET6)) { () throws(SystemCallError) in
                    try message.add(Int(IFLA_INET6_ADDR_GEN_MODE), UInt8(IN6_ADDR_GEN_MODE_NONE.rawValue))
                }
            }
        } catch {
            throw NetlinkError(request, error)
        }
        do {
            try channel.perform(request, message)
        } catch  where error.errorNumber == EAFNOSUPPORT {
            // The node has no IPv6, hence no such address.
            return
        }
    }

    private static func message(
        _ type: Int, _ header: ifinfomsg, _ request: String
    ) throws(NetlinkError) -> NetlinkMessage {
        do {
            return try NetlinkMessage(type: type, flags: NLM_F_ACK, header: header)
        } catch {
            throw NetlinkError(request, error)
        }
    }

    private func apply(
        _ settings: [(name: String, value: Int)], to interface: String, _ refused: (SystemCallError) -> Void
    ) {
        for (name, value) in settings {
            do { try KernelSetting.ipv4(name, of: interface).write(value) } catch { refused(error) }
        }
    }

    private mutating func borrow(_ parentIndex: Int32, _ parentName: String, _ refused: (SystemCallError) -> Void) {
        var settings = parents[parentIndex] ?? ParentSettings()
        settings.users += 1
        if settings.users == 1 {
            for name in ["arp_ignore", "arp_filter"] {
                let setting = KernelSetting.ipv4(name, of: parentName)
                do {
                    settings.previous[setting] = try setting.read()
                    try setting.write(1)
                } catch {
                    refused(error)
                }
            }
        }
        parents[parentIndex] = settings
    }

    private mutating func giveBack(_ parentIndex: Int32) {
        guard var settings = parents[parentIndex] else { return }
        settings.users -= 1
        guard settings.users == 0 else {
            parents[parentIndex] = settings
            return
        }
        parents[parentIndex] = nil
        for (setting, value) in settings.previous {
            // Fails where the interface is gone, and its settings with it.
            try? setting.write(value)
        }
    }
}
