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

    private func second(_ number: Int64) -> Timestamp { Timestamp(seconds: Self.start + number) }

    @Test("A new router that gets its owner, and one that moves, are no reason to look")
    func ordinary() {
        let watch = VacancyWatch()
        watch.saw(.added(router(on: nil)), at: second(0))
        watch.saw(.updated(from: router(on: nil), to: router(on: "worker-1")), at: second(3))
        watch.saw(.updated(from: router(on: "worker-1"), to: router(on: "worker-2")), at: second(20))
        #expect(watch.take(at: second(30)).isEmpty)
    }

    @Test("A router that nobody has after a while is looked at once; again when somebody has it")
    func vacant() {
        let watch = VacancyWatch()
        watch.saw(.added(router(on: nil)), at: second(0))
        #expect(watch.take(at: second(9)).isEmpty)
        #expect(watch.take(at: second(10)) == [Self.group])
        #expect(watch.take(at: second(12)).isEmpty)
        watch.saw(.updated(from: router(on: nil), to: router(on: nil)), at: second(13))
        #expect(watch.take(at: second(14)).isEmpty)
        watch.saw(.updated(from: router(on: nil), to: router(on: "worker-1")), at: second(15))
        #expect(watch.take(at: second(16)) == [Self.group])
    }

    @Test("An owner that gives up, and a vacant router that goes, are looked at")
    func givenUp() {
        let watch = VacancyWatch()
        watch.saw(.updated(from: router(on: "worker-1"), to: router(on: nil)), at: second(60))
        #expect(watch.take(at: second(61)) == [Self.group])
        watch.saw(.deleted(router(on: nil)), at: second(62))
        #expect(watch.take(at: second(63)) == [Self.group])
        watch.saw(.added(router(on: nil)), at: second(0))
        watch.saw(.deleted(router(on: nil)), at: second(5))
        #expect(watch.take(at: second(63)).isEmpty)
    }
}
