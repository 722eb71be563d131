import ClusterObjects
import KubernetesAPI
import Testing

@Suite("What the operator reads in the status of a router")
struct RouterConditionTests {
    private func router(_ conditions: Condition...) -> KubernetesAPI.VirtualRouter {
        var router = KubernetesAPI.VirtualRouter(
            metadata: ObjectMeta(name: "edge.shop.web.ipv4", namespace: "floating"),
            spec: .init(
                group: "edge", service: .init(namespace: "shop", name: "web"), virtualRouterID: 5, family: "IPv4",
                version: 3, addresses: ["192.0.2.1"], members: []))
        router.status = .init()
        router.status?.conditions = conditions
        return router
    }

    private func condition(
        _ type: String, _ isTrue: Bool, _ reason: String, _ message: String = "said"
    ) -> Condition {
        Condition(type, isTrue, reason: reason, message: message, at: Timestamp(seconds: 0))
    }

    @Test("Another router under the identifier is a rival, another host with an address is none")
    func rivals() {
        #expect(router(condition("Conflict", true, "OtherRouterHeard")).rival == "said")
        #expect(router(condition("Conflict", false, "OtherRouterHeard")).rival == nil)
        #expect(router(condition("Conflict", true, "AddressClaimed")).rival == nil)
        #expect(router().rival == nil)
    }

    @Test("That a password is cut is said by the active node or by another one, and keeps none from being next")
    func passwords() {
        let cut = "key a of Secret n/s \(NodeTroubleCondition.passwordIsCut)"
        #expect(router(condition("Degraded", true, "PasswordCut", cut)).cutPassword == cut)
        #expect(router(condition("node1/Degraded", true, "PasswordCut", cut)).cutPassword == cut)
        #expect(router(condition("node1/Degraded", false, "PasswordCut", cut)).cutPassword == nil)
        #expect(router(condition("node1/Degraded", true, "PasswordMissing")).cutPassword == nil)
        // What else there is keeps it from nothing, and is not said with it.
        let more = condition("node1/Degraded", true, "AddressElsewhere", "one; and more; \(cut); last")
        #expect(router(more).cutPassword == cut)
        let reasons = ["PasswordCut", "SeveralInterfaces", "OptionsRefused", "AddressElsewhere"]
        let routers = reasons.map { router(condition("node1/Degraded", true, $0)) }
        #expect(routers.map { $0.nodesOutside.isEmpty } == [true, true, true, false])
    }

    @Test(
        "What a node hears counts for a quarter of an hour, and not when its time is beyond that in the future",
        arguments: [(0, true), (899, true), (900, false), (-899, true), (-900, false), (Int64.max / 2_000_000, false)]
            as [(Int64, Bool)])
    func age(seconds: Int64, counts: Bool) {
        var router = router()
        router.status?.foreignRouters = .init(virtualRouterIDs: [7], observed: Timestamp(seconds: 1000))
        #expect(router.foreignRouterIDs(at: 1000 + seconds) == (counts ? [7] : []))
        #expect((router.foreignRoutersEnd(after: 1000 + seconds) == 1900) == counts)
    }
}
