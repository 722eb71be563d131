import GroupOperator
import KubernetesAPI
import Testing
import VIPPlanning

@Suite("Addresses that come from another router")
struct AwaitedAddressTests {
    /// A router that a group owns.
    private func router(_ name: String, _ addresses: String...) -> VirtualRouter {
        var router = VirtualRouter(
            metadata: ObjectMeta(name: name, namespace: "floating"),
            spec: VirtualRouter.Spec(
                group: "edge", service: .init(namespace: "shop", name: name), virtualRouterID: 1, family: "IPv4",
                version: 3, addresses: addresses, members: []))
        router.metadata.ownerReferences = OwnerReference(controller: owner).map { [$0] } ?? []
        return router
    }

    private var owner: KeepalivedGroup {
        var owner = group()
        owner.metadata.uid = "1"
        return owner
    }

    @Test("What is on its way to one router is not given to another, until the first has it or has not got it")
    func reservation() {
        var reservations = AddressReservations()
        let (first, second) = (router("a", "192.0.2.1", "192.0.2.2"), router("b", "192.0.2.2", "192.0.2.3"))
        #expect(reservations.reserve(for: first, over: nil) { _ in [] } == [])
        let awaited = reservations.reserve(for: second, over: nil) { _ in [] }
        #expect(
            awaited.map(\.description) == [
                "VirtualRouter floating/b waits for 192.0.2.2, which VirtualRouter floating/a has still"
            ])
        // Nothing is kept for who has to wait, and the same router may come again.
        #expect(reservations.reserve(for: router("c", "192.0.2.3"), over: nil) { _ in [] } == [])
        #expect(reservations.reserve(for: first, over: nil) { _ in [] } == [])
        reservations.release(second)
        #expect(reservations.reserve(for: second, over: nil) { _ in [] }.count == 2)
        reservations.release(first)
        reservations.release(router("c", "192.0.2.3"))
        #expect(reservations.reserve(for: second, over: nil) { _ in [] } == [])
    }

    @Test("What somebody has got since the plan was looked at is waited for, and what one has oneself is not")
    func present() {
        var reservations = AddressReservations()
        let (first, second) = (router("a", "192.0.2.1"), router("b", "192.0.2.1"))
        #expect(reservations.reserve(for: second, over: nil) { _ in [first] }.map(\.holder.name) == ["a"])
        #expect(reservations.reserve(for: second, over: second) { _ in [first] } == [])
        reservations.release(second)
        var stranger = first
        stranger.metadata.ownerReferences = []
        #expect(reservations.reserve(for: second, over: nil) { _ in [stranger] } == [], "nobody's agent runs it")
    }

    @Test("Looking is done ever less often, and people are told when it takes long")
    func waits() {
        var waits = AddressWaits()
        let start = ContinuousClock.now
        var (now, looks, told) = (start, 0, Duration.zero)
        while now < start + .seconds(60) {
            let advice = waits.wait(.edge, at: now)
            if advice.isLong, told == .zero { told = start.duration(to: now) }
            #expect(advice.pause >= .milliseconds(100) && advice.pause <= .seconds(10))
            now += advice.pause
            looks += 1
        }
        #expect(looks < 40 && told >= .seconds(3) && told < .seconds(4))
        #expect(waits.wait(ObjectName("floating", "other"), at: now).isLong == false)
        waits.end(.edge)
        let anew = waits.wait(.edge, at: now)
        #expect(anew.pause == .milliseconds(100) && !anew.isLong)
    }
}
