import Foundation
import GroupOperator
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Testing

extension OperatorSuites {
    @Suite("Many Services")
    struct ScaleTests {
        /// How many Services there are in each of four groups; `SCALE_SERVICES` changes it.
        private static let count = ProcessInfo.processInfo.environment["SCALE_SERVICES"].flatMap { Int($0) } ?? 50

        @Test(
            "All get their routers, an operator that comes anew writes nothing, and one more costs the same as with few"
        )
        func scale() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            let namespace = try await plane.withClient { try await plane.namespace($0) }
            let routers = VirtualRouter.inside(namespace)
            let services = Samples.services.objects(inside: namespace)
            let total = 4 * Self.count
            try await plane.withClient { client in
                for number in 0..<4 {
                    var group = Samples.group("g\(number)", namespace)
                    group.spec?.interface = "eth\(number)"
                    try await client.create(group, in: KeepalivedGroup.inside(namespace), as: tester)
                    try await withThrowingTaskGroup(of: Void.self) { tasks in
                        for index in 0..<Self.count {
                            let service = Samples.service(
                                "s\(number)-\(index)", namespace, in: "\(namespace)/g\(number)",
                                ["10.\(number).\(index / 256).\(index % 256)"])
                            tasks.addTask { try await client.create(service, in: services, as: tester) }
                            if index % 16 == 15 { try await tasks.waitForAll() }
                        }
                        try await tasks.waitForAll()
                    }
                }
            }
            @Sendable func isSettled(_ client: APIClient) async throws -> Bool {
                guard try await client.list(routers).items.count == total else { return false }
                let statuses = try await client.list(KeepalivedGroup.inside(namespace)).items.map(\.status)
                return statuses.allSatisfy { status in
                    status?.virtualRouters == Self.count && status?.conditions?["Ready"]?.status == "True"
                }
            }
            let clock = ContinuousClock()
            let processor = processorTime()
            let first = try await clock.measure {
                try await plane.withOperator { client in
                    let isReady = try await eventually {
                        try await Task.sleep(for: .milliseconds(250))
                        return try await isSettled(client)
                    }
                    #expect(isReady)
                }
            }
            let firstWork = processorTime() - processor
            try await plane.withClient { client in
                #expect(try await client.list(routers).items.count == total)
                let version = try await client.page(of: routers, limit: 1).resourceVersion
                try await plane.withOperator { client in
                    try await Task.sleep(for: .seconds(3))
                    let watch = try await client.watch(routers, after: version ?? "", forSeconds: 60)
                    var iterator = watch.makeAsyncIterator()
                    let (start, processor) = (clock.now, processorTime())
                    let patch = AnyJSON(["spec": ["externalIPs": ["10.9.9.9"]]])
                    _ = try await client.merge(patch, into: "s0-0", in: services, as: tester)
                    // The first word on routers since the operator came anew is on the one that has changed.
                    var change = try await iterator.next()
                    while case .bookmark? = change { change = try await iterator.next() }
                    guard case .modified(let router)? = change else {
                        Issue.record("\(change.map { "\($0)" } ?? "nothing") instead of the change")
                        return
                    }
                    #expect(router.spec.addresses == ["10.9.9.9"])
                    let work = processorTime() - processor
                    print(
                        "one changed Service among \(total): its router is written after \(start.duration(to: clock.now))",
                        "and \(work) of processor time")
                    #expect(work <= .seconds(1))
                }
            }
            print(
                "\(total) Services in 4 groups: all routers written after \(first) and \(firstWork) of processor time")
            #expect(firstWork <= .seconds(10) + .milliseconds(25) * total)
        }

        /// The processor time that this process has taken, other tests of the same time included; what others do on the
        /// machine does not count.
        private func processorTime() -> Duration {
            var time = timespec()
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        }
    }
}
