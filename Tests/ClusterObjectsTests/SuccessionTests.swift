import ClusterObjects
import KubernetesAPI
import Testing
import VIPPlanning
import VRRP

@Suite("Who takes over, and when")
struct SuccessionTests {
    private func router(
        version: Int = 3, interval: String? = "100ms", options: [String: String]? = nil
    ) throws -> PlannedRouter {
        var spec = KubernetesAPI.VirtualRouter.Spec(
            group: "edge", service: .init(namespace: "shop", name: "web"), virtualRouterID: 51, family: "IPv4",
            version: version, addresses: ["192.0.2.100"],
            // As somebody might have written them, not as the operator does.
            members: [
                .init(node: "c", priority: 100), .init(node: "a", priority: 254), .init(node: "b", priority: 200),
            ])
        spec.interface = "eth0"
        spec.advertisementInterval = interval
        spec.verbatimConfig = options
        return try PlannedRouter(
            KubernetesAPI.VirtualRouter(metadata: ObjectMeta(name: "edge.web", namespace: "ingress"), spec: spec))
    }

    @Test(
        "The best claim beside the owner's is next; who cannot is passed over",
        arguments: [
            ("a", [], "b"), ("b", [], "a"), ("c", [], "a"), (nil, [], "a"), ("x", [], "a"), ("a", ["b"], "c"),
            ("a", ["b", "c"], nil),
        ] as [(String?, Set<String>, String?)])
    func next(owner: String?, absent: Set<String>, next: String?) throws {
        #expect(try router().successor(after: owner, leavingOut: absent)?.node == next)
    }

    @Test("It waits for three intervals and its own skew, by the interval that is heard or else planned")
    func time() throws {
        let best = PlannedRouter.Member(node: "a", priority: try #require(Priority(rawValue: 254)))
        let last = PlannedRouter.Member(node: "c", priority: try #require(Priority(rawValue: 100)))
        let router = try router()
        #expect(router.takeOverTime(of: best) == Nanoseconds(300_781_250))
        #expect(router.takeOverTime(of: last) == Nanoseconds(360_937_500))
        #expect(router.takeOverTime(of: last, advertsEvery: .seconds(1)) == Nanoseconds(3_609_375_000))
        // Skew in VRRPv2 is of a second, whatever the interval.
        let old = try self.router(version: 2, interval: "2s")
        #expect(old.takeOverTime(of: last) == Nanoseconds(6_609_375_000))
    }

    @Test("Options that go before the plan count")
    func options() throws {
        let best = PlannedRouter.Member(node: "a", priority: try #require(Priority(rawValue: 254)))
        let router = try router(options: ["down_timer_adverts": "2", "advert_int": "0.5"])
        #expect(router.takeOverTime(of: best) == Nanoseconds(1_003_906_250))
    }
}
