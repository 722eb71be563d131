import ClusterObjects
import KubernetesAPI
import Testing

@Suite("Who holds each address") struct AddressOverviewTests {
    private func router(
        _ addresses: [String], service: String = "front", active: String? = "a", conflicts: Int? = nil
    ) -> VirtualRouter {
        var spec = VirtualRouter.Spec(
            group: "web", service: .init(namespace: "shop", name: service), virtualRouterID: 7, family: "IPv4",
            version: 3, addresses: addresses,
            members: [.init(node: "a", priority: 200), .init(node: "b", priority: 150)])
        spec.interface = "eth0"
        var router = VirtualRouter(metadata: ObjectMeta(name: "web.shop.\(service)", namespace: "edge"), spec: spec)
        router.status = VirtualRouter.Status()
        router.status?.activeNode = active
        router.status?.conflicts = conflicts
        return router
    }

    @Test("Addresses come by family and number, not as text")
    func order() {
        let overview = AddressOverview([router(["2001:db8::1", "192.0.2.10"]), router(["192.0.2.9"], service: "back")])
        #expect(overview.rows.map(\.address) == ["192.0.2.9", "192.0.2.10", "2001:db8::1"])
    }

    @Test("Next is the best node beside the active one", arguments: [("a", "b"), ("b", "a")])
    func next(active: String, next: String) {
        let row = AddressOverview([router(["192.0.2.1"], active: active)]).rows.first
        #expect(row?.nextNode == next)
        #expect(row?.problems == [])
    }

    @Test(
        "Next is nobody who cannot take part; who only leaves options out can",
        arguments: ["OptionsRefused", "NoInterface"])
    func nextInTrouble(reason: String) {
        var router = router(["192.0.2.1"])
        router.spec.members.append(.init(node: "c", priority: 100))
        router.status?.conditions = [Condition("b/Degraded", true, reason: reason, at: Timestamp(seconds: 0))]
        let row = AddressOverview([router]).rows.first
        #expect(row?.nextNode == (reason == "OptionsRefused" ? "b" : "c"))
    }

    @Test("A conflict that is over is no problem, however many there were")
    func formerConflict() {
        var calm = router(["192.0.2.1"], conflicts: 3)
        calm.status?.conditions = [
            Condition("Ready", true, reason: "Active", at: Timestamp(seconds: 0)),
            Condition("Conflict", false, reason: "NoOtherRouter", at: Timestamp(seconds: 0)),
            Condition("Degraded", false, reason: "AsPlanned", at: Timestamp(seconds: 0)),
            Condition("b/Degraded", false, reason: "AsPlanned", at: Timestamp(seconds: 0)),
        ]
        #expect(AddressOverview([calm]).rows.first?.problems == [])
    }

    @Test("What is wrong is said: nobody active, a node that is no member, another active router, a condition")
    func problems() {
        func problems(_ router: VirtualRouter) -> [String]? { AddressOverview([router]).rows.first?.problems }
        #expect(problems(router(["192.0.2.1"], active: nil)) == ["no node has said that it holds the address"])
        #expect(problems(router(["192.0.2.1"], active: "c")) == ["c is no member any more"])
        var failing = router(["192.0.2.1"])
        failing.status?.conditions = [
            Condition("Ready", false, reason: "InterfaceMissing", message: "no eth0", at: Timestamp(seconds: 0)),
            Condition("Conflict", true, reason: "OtherRouterHeard", message: "heard", at: Timestamp(seconds: 0)),
            Condition("Degraded", true, reason: "OptionsRefused", at: Timestamp(seconds: 0)),
            Condition("b/Degraded", true, reason: "x", message: "no password on b", at: Timestamp(seconds: 0)),
        ]
        #expect(problems(failing) == ["no eth0", "heard", "OptionsRefused", "no password on b"])
    }

    @Test("That the active node is silent is a problem")
    func silentOwner() {
        var router = router(["192.0.2.1"])
        var ready = Condition(
            "Ready", false, reason: "ActiveNodeSilent", message: "there is no node a any more",
            at: Timestamp(seconds: 0))
        ready.status = "Unknown"
        router.status?.conditions = [ready]
        #expect(AddressOverview([router]).rows.first?.problems == ["there is no node a any more"])
    }
}
