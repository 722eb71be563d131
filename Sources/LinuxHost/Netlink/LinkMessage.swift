import CLinux
import VRRP
import VRRPEngine

/// What the kernel says about one interface in RTM_NEWLINK or RTM_DELLINK.
struct LinkMessage: Equatable {
    /// The kernel's number of the interface.
    let index: Int32
    /// The name.
    private(set) var name = ""
    /// Whether it is administratively up and has a carrier.
    let isRunning: Bool
    /// Whether it is a loopback interface.
    let isLoopback: Bool
    /// The hardware address, where it is one of Ethernet.
    private(set) var macAddress: MACAddress?
    /// The largest IP packet that it carries, in octets.
    private(set) var mtu = 1500
    /// The interface below it, as of a macvlan; 0 when there is none.
    private(set) var parentIndex: Int32 = 0
    /// The kind of a virtual interface, `macvlan`; empty for a physical one.
    private(set) var kind = ""

    /// Reads a message; nil when it is cut short, or tells of a bridge's port and not of the interface itself.
    init?(_ message: ReceivedNetlinkMessage) {
        let headerLength = MemoryLayout<ifinfomsg>.size
        guard message.payload.count >= headerLength else { return nil }
        let header = message.payload.loadUnaligned(as: ifinfomsg.self)
        // A port that leaves its bridge is told as RTM_DELLINK of the family AF_BRIDGE.
        guard header.ifi_family == UInt8(AF_UNSPEC) else { return nil }
        index = header.ifi_index
        let isUp = header.ifi_flags & UInt32(IFF_UP) != 0
        isRunning = isUp && header.ifi_flags & UInt32(IFF_RUNNING) != 0
        isLoopback = header.ifi_flags & UInt32(IFF_LOOPBACK) != 0
        let isEthernet = header.ifi_type == UInt16(ARPHRD_ETHER)
        for attribute in NetlinkAttributes(message.payload, behind: headerLength) {
            switch attribute.kind {
            case Int(IFLA_IFNAME): name = attribute.text
            case Int(IFLA_MTU): mtu = Int(attribute.number(as: UInt32.self) ?? 1500)
            case Int(IFLA_LINK): parentIndex = attribute.number(as: Int32.self) ?? 0
            case Int(IFLA_ADDRESS) where isEthernet && attribute.data.count == 6:
                macAddress = MACAddress(rawValue: attribute.data.reduce(0) { $0 << 8 | UInt64($1) })
            case Int(IFLA_LINKINFO):
                for detail in NetlinkAttributes(attribute.data) where detail.kind == Int(IFLA_INFO_KIND) {
                    kind = detail.text
                }
            default: continue
            }
        }
        guard index > 0, !name.isEmpty else { return nil }
    }

    /// The interface as the engine sees it, without addresses.
    var hostInterface: HostInterface {
        HostInterface(
            index: index, name: name, isRunning: isRunning, macAddress: macAddress, mtu: mtu, isLoopback: isLoopback)
    }
}
