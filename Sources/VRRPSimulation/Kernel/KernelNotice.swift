import VRRP
import VRRPEngine

/// What a kernel tells the process that listens to it, as netlink does: afterwards, and in order.
enum KernelNotice: Sendable {
    case interfaceChanged(HostInterface)
    case interfaceRemoved(index: Int32)
    case addressAdded(HostAddress, interfaceIndex: Int32)
    case routingRemoved
    case addressRemoved(IPAddress, prefixLength: UInt8, interfaceIndex: Int32)
}
