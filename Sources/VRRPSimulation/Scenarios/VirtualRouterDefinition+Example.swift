public import VRRP
public import VRRPEngine

extension VirtualRouterDefinition {
    /// A virtual router to begin a scenario with: identifier 77 on `eth0` with 192.0.2.100 and 192.0.2.101, or with
    /// fe80::64 and 2001:db8:0:1::64, and the protocol's defaults.
    ///
    /// - Parameter change: what is to be different.
    public static func example(
        _ name: String = "vr", family: AddressFamily = .ipv4, id: VirtualRouterID = 77, priority: Priority = 100,
        addresses: [VirtualAddress]? = nil, _ change: (inout VirtualRouterDefinition) -> Void = { _ in }
    ) -> VirtualRouterDefinition {
        let usual: [VirtualAddress] =
            switch family {
            case .ipv4: ["192.0.2.100", "192.0.2.101"]
            case .ipv6: ["fe80::64", "2001:db8:0:1::64"]
            }
        var router = VirtualRouterDefinition(
            name: name, interface: "eth0", family: family, virtualRouterID: id, addresses: addresses ?? usual)
        router.priority = priority
        change(&router)
        return router
    }
}
