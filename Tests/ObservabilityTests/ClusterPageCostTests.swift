import Glibc
import KubernetesAPI
import StatusServer
import Testing

@testable import GroupOperatorService

@Suite("What the cluster's page costs", .timeLimit(.minutes(3)))
struct ClusterPageCostTests {
    private static func view(_ count: Int) -> ClusterView {
        let sample = SampleCluster.routers(now: 1_796_000_000)[0]
        let routers = (0..<count).map { number in
            var router = sample
            router.metadata.name = "edge.web-\(number).shop"
            router.spec.service.name = "web-\(number)"
            router.spec.addresses = ["10.\(number >> 16).\(number >> 8 & 255).\(number & 255)"]
            return router
        }
        return ClusterView(routers: routers, nodes: SampleCluster.nodes())
    }

    /// The shortest processor time of several makings.
    private static func time(_ view: ClusterView) -> Duration {
        func now() -> Duration {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        }
        return (0..<3).map { _ in
            let start = now()
            #expect(view.snapshot(at: PageTime(millisecondsSinceEpoch: 0)).virtualRouters.count == view.routers.count)
            return now() - start
        }.min() ?? .zero
    }

    @Test("Of ten times as many virtual routers it costs ten times as much, with a reserve, for 10,000 as well")
    func growth() {
        let small = Self.time(Self.view(1000))
        let large = Self.time(Self.view(10_000))
        #expect(large < small * 20, "\(small) for 1,000, \(large) for 10,000")
    }
}
