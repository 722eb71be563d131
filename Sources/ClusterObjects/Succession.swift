public import VIPPlanning
public import VRRP
import VRRPEngine

/// Who takes over from the node that has a router's addresses, and when.
extension PlannedRouter {
    /// The member with the best claim beside the owner; nil where there is no other.
    ///
    /// - Parameters:
    ///   - owner: The node that has the addresses; nil while none has.
    ///   - absent: Nodes that cannot take over now.
    public func successor(after owner: String?, leavingOut absent: Set<String> = []) -> Member? {
        members.filter { $0.node != owner && !absent.contains($0.node) }.max { $0.priority < $1.priority }
    }

    /// How long after the owner's last advert a member takes over (RFC 9568, section 6.1: Active_Down_Interval).
    ///
    /// - Parameter heard: the time between the owner's adverts; nil where it is the one that is planned.
    public func takeOverTime(of member: Member, advertsEvery heard: Nanoseconds? = nil) -> Nanoseconds {
        var definition = VirtualRouterDefinition(
            name: "", interface: "", family: family, virtualRouterID: routerID, addresses: [])
        definition.version = version
        definition.advertisementInterval = advertisementInterval
        // Options that are not fit were told of where they were written, and have no effect.
        let relevant = [InstanceOption.advertInterval, .downTimerAdverts].map(\.rawValue)
        _ = definition.apply(options: options.filter { relevant.contains($0.key) })
        var configuration = VirtualRouterConfiguration(version: definition.version, priority: member.priority)
        configuration.downTimerAdverts = definition.downTimerAdverts
        let interval = heard.flatMap { AdvertisementInterval(centiseconds: Int($0.rawValue / 10_000_000)) }
        return configuration.activeDownInterval(
            activeAdvertisementInterval: interval ?? definition.advertisementInterval)
    }
}
