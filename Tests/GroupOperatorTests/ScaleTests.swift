import GroupOperator
import KubernetesAPI
import ProcessorClock
import Testing
import VIPPlanning

@Suite("A large cluster")
struct ScaleTests {
    private func cluster(groups: Int) -> PureCluster {
        var cluster = PureCluster(nodes: 20)
        cluster.isWatchingAddresses = false
        for number in 0..<groups {
            cluster.add(group(ObjectName("floating", "group\(number)")) { $0.interface = "eth\(number)" })
        }
        for number in 0..<groups * 250 {
            let group = ObjectName("floating", "group\(number % groups)")
            cluster.add(service("s\(number)", "10.\(number / 65_536).\(number / 256 % 256).\(number % 256)", in: group))
        }
        return cluster
    }

    /// The least processor time that one Service takes of several that change, one after the other.
    private func changing(_ cluster: inout PureCluster) throws -> Duration {
        var least = Duration.seconds(3600)
        for number in 1...5 {
            let moved = service("s0", "10.200.0.\(number)", in: ObjectName("floating", "group0"))
            var journal: [String] = []
            least = min(least, try processorTime { journal = try cluster.settle(changed: moved) })
            #expect(journal == ["apply VirtualRouter group0.shop.s0.ipv4"])
        }
        return least
    }

    @Test(
        "2,500 Services in ten groups are decided on in seconds, one more costs what it costs among 250",
        .timeLimit(.minutes(3)))
    func scale() throws {
        var cluster = cluster(groups: 10)
        var journal: [String] = []
        let cold = try processorTime { journal = try cluster.settle() }
        #expect(cluster.routers.values.map(\.count).reduce(0, +) == 2500)
        #expect(journal.count == 2500 + 10 * 6, "a router each; two statuses and four objects a group")
        #expect(try cluster.settle().isEmpty)

        cluster.restart()
        #expect(try cluster.settle().isEmpty, "who comes back finds nothing to do")

        let warm = try changing(&cluster)
        var few = self.cluster(groups: 1)
        try few.settle()
        let warmAmongFew = try changing(&few)
        print("2,500 Services in ten groups: decided in \(cold), one more in \(warm), among 250 in \(warmAmongFew)")
        // As measured without optimization, times five.
        #expect(cold <= .seconds(4))
        #expect(warm <= warmAmongFew * 3 + .milliseconds(20))
    }
}
