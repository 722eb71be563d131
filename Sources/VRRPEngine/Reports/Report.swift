public import VRRP

/// Something that a person or a program who watches the engine would want to know.
public enum Report: Hashable, Sendable {
    /// A virtual router changed its state.
    case transition(router: String, StateChange, priority: Priority)
    /// A virtual router hands its part over before it leaves.
    case handOver(router: String, HandOverStep)
    /// What keeps a virtual router out of the election; empty when nothing does any more.
    case faults(router: String, [RouterFault])
    /// Tracking, or a new definition, changed the priority in force.
    case priorityChanged(router: String, from: Priority, to: Priority)
    /// A packet was discarded; reported at most once in ten seconds for each router and reason.
    case discarded(router: String, DiscardReason, source: IPAddress)
    /// An accepted advert has something odd; reported at most once in ten seconds for each router.
    case warned(router: String, ReceptionWarnings, source: IPAddress)
    /// Two routers are configured in a way that cannot be right; at most once in ten seconds for each router.
    case conflict(router: String, VirtualRouterOutcome.Conflict)
    /// Somebody else claims an address of an active router by ARP or a neighbour advertisement; at most once in ten seconds for
    /// each router.
    case addressClaimed(router: String, IPAddress, macAddress: MACAddress)
    /// An active router heard an advert of lower priority, or of the same one and a lower address, and stays active; at most
    /// once a second for each router.
    case contestWon(router: String, priority: Priority)
    /// A virtual address was removed by somebody else and is put back.
    case addressRestored(router: String?, IPAddress)
    /// The kernel refused to configure an address; it is tried again.
    case addressRefused(router: String?, IPAddress)
    /// A route or rule was removed by somebody else and is put back.
    case routingRestored(router: String?, entry: String)
    /// The kernel refused to configure a route or rule; it is tried again.
    case routingRefused(router: String?, entry: String)
    /// Somebody configured an address of a router that is not active, and it is removed; at most once in ten seconds for each
    /// address.
    case strayRemoved(router: String, IPAddress)
    /// An address that a dead process left behind was removed.
    case leftoverRemoved(IPAddress, interface: String)
    /// An advert has an identifier that no virtual router here has; at most once in ten seconds for each identifier of an
    /// interface, and only where the node is to tell.
    case unknownRouter(identifier: UInt8, interface: String, source: IPAddress)
}
