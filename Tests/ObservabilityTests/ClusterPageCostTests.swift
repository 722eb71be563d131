import KubernetesAPI
import ProcessorClock
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
        (0..<3).map { _ in
            var rows = 0
            let time = processorTime {
                rows = view.snapshot(at: PageTime(millisecondsSinceEpoch: 0)).virtualRouters.count
            }
            #expect(rows == view.routers.count)
            return time
        }.min() ?? .zero
    }

    @Test("Of ten times as many virtual routers it costs ten times as much, with a reserve, for 10,000 as well")
    func growth() {
        let small = Self.time(Self.view(1000))
        let large = Self.time(Self.view(10_000))
        #expect(large < small * 20, "\(small) for 1,000, \(large) for 10,000")
    }
}
