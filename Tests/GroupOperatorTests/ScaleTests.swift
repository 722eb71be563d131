import GroupOperator
import KubernetesAPI
import Testing
import VIPPlanning

@Suite("A large cluster")
struct ScaleTests {
    @Test("2,500 Services in ten groups are decided on in seconds, one more in milliseconds", .timeLimit(.minutes(3)))
    func scale() throws {
        var cluster = PureCluster(nodes: 20)
        for number in 0..<10 {
            cluster.add(group(ObjectName("floating", "group\(number)")) { $0.interface = "eth\(number)" })
        }
        for number in 0..<2500 {
            let group = ObjectName("floating", "group\(number % 10)")
            cluster.add(service("s\(number)", "10.\(number / 65_536).\(number / 256 % 256).\(number % 256)", in: group))
        }
        let start = ContinuousClock.now
        let journal = try cluster.settle()
        let cold = start.duration(to: .now)
        #expect(cluster.routers.values.map(\.count).reduce(0, +) == 2500)
        #expect(journal.count == 2500 + 10 * 6, "a router each; two statuses and four objects a group")
        #expect(try cluster.settle().isEmpty)

        cluster.restart()
        #expect(try cluster.settle().isEmpty, "who comes back finds nothing to do")

        let moved = service("s17", "10.200.0.1", in: ObjectName("floating", "group7"))
        let second = ContinuousClock.now
        let change = try cluster.settle(changed: moved)
        let warm = second.duration(to: .now)
        #expect(change == ["apply VirtualRouter group7.shop.s17.ipv4"])
        print("2,500 Services in ten groups: planned and decided in \(cold), one more in \(warm)")
    }
}
