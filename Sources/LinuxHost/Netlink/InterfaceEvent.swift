import VRRP
import VRRPEngine

/// News of the node's interfaces and addresses, in the order in which they happened.
enum InterfaceEvent: Equatable {
    /// An interface is new or has changed; its addresses are told apart from it.
    case interfaceChanged(HostInterface)
    /// An interface is gone, and with it its addresses.
    case interfaceRemoved(index: Int32)
    /// An address is new or its flags have changed.
    case addressAdded(HostAddress, interfaceIndex: Int32)
    /// An address is gone.
    case addressRemoved(IPAddress, prefixLength: UInt8, interfaceIndex: Int32)
    /// Some news were lost; this is how everything stands now.
    case resynchronized([HostInterface])
}
