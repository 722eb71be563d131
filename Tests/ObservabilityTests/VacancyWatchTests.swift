import ClusterObjects
import KubernetesAPI
import Testing
import VIPPlanning

@testable import GroupOperatorService

@Suite("When a group is looked at for addresses that nobody has")
struct VacancyWatchTests {
    private static let start: Int64 = 1_796_000_000
    private static let group = ObjectName("ingress", "edge")

    private func router(on node: String?, madeAt second: Int64 = Self.start) -> VirtualRouter {
        var router = SampleCluster.routers(now: Self.start)[0]
        router.metadata.labels[ContractNames.groupLabel] = "edge"
        router.metadata.creationTimestamp = Timestamp(seconds: second)
        router.status = node.map { node in
            var status = VirtualRouter.Status()
            status.activeNode = node
            return status
        }
        return router
    }

    private func take(_ watch: VacancyWatch, at second: Int64) -> Set<ObjectName> {
        watch.take(at: self.second(second)) { node in node == "worker-1" ? [Self.group] : [] }
    }

    private func second(_ number: Int64) -> Timestamp { Timestamp(seconds: Self.start + number) }

    @Test("A new router that gets its owner, and one that moves, are no reason to look")
    func ordinary() {
        let watch = VacancyWatch()
        watch.saw(.added(router(on: nil)), at: second(0))
        watch.saw(.updated(from: router(on: nil), to: router(on: "worker-1")), at: second(3))
        watch.saw(.updated(from: router(on: "worker-1"), to: router(on: "worker-2")), at: second(20))
        #expect(take(watch, at: 30).isEmpty)
    }

    @Test("A router that nobody has after a while is looked at once; again when somebody has it")
    func vacant() {
        let watch = VacancyWatch()
        watch.saw(.added(router(on: nil)), at: second(0))
        #expect(take(watch, at: 9).isEmpty)
        #expect(take(watch, at: 10) == [Self.group])
        #expect(take(watch, at: 12).isEmpty)
        watch.saw(.updated(from: router(on: nil), to: router(on: nil)), at: second(13))
        #expect(take(watch, at: 14).isEmpty)
        watch.saw(.updated(from: router(on: nil), to: router(on: "worker-1")), at: second(15))
        #expect(take(watch, at: 16) == [Self.group])
    }

    @Test("An owner that gives up, and a vacant router that goes, are looked at")
    func givenUp() {
        let watch = VacancyWatch()
        watch.saw(.updated(from: router(on: "worker-1"), to: router(on: nil)), at: second(60))
        #expect(take(watch, at: 61) == [Self.group])
        watch.saw(.deleted(router(on: nil)), at: second(62))
        #expect(take(watch, at: 63) == [Self.group])
        watch.saw(.added(router(on: nil)), at: second(0))
        watch.saw(.deleted(router(on: nil)), at: second(5))
        #expect(take(watch, at: 63).isEmpty)
    }

    @Test(
        "The groups of a node are looked at when it has been silent for a while, or is gone; not those of one that is back"
    )
    func nodes() {
        func node(_ name: String, _ status: String, since second: Int64) -> KubernetesAPI.Node {
            var node = KubernetesAPI.Node(metadata: ObjectMeta(name: name))
            node.status = .init()
            node.status?.conditions = [.init(type: "Ready", status: status, since: self.second(second))]
            return node
        }
        let watch = VacancyWatch()
        let (ready, silent) = (node("worker-1", "True", since: -500), node("worker-1", "Unknown", since: 40))
        watch.saw(.added(ready), at: second(0))
        watch.saw(.updated(from: ready, to: silent), at: second(41))
        #expect(take(watch, at: 59).isEmpty)
        #expect(take(watch, at: 60) == [Self.group])
        watch.saw(.updated(from: silent, to: silent), at: second(70))
        #expect(take(watch, at: 71).isEmpty)
        watch.saw(.updated(from: ready, to: node("worker-1", "False", since: 80)), at: second(80))
        watch.saw(.updated(from: node("worker-1", "False", since: 80), to: ready), at: second(90))
        #expect(take(watch, at: 200).isEmpty)
        watch.saw(.deleted(ready), at: second(300))
        #expect(take(watch, at: 300) == [Self.group])
        watch.saw(.deleted(node("worker-2", "True", since: 0)), at: second(300))
        #expect(take(watch, at: 301).isEmpty)
    }
}
