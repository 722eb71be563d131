import ClusterObjects
import GroupOperator
import JSONDocument
import KubernetesAPI
import KubernetesClient
import NetworkLab
import Testing
import VRRP

extension OperatorSuites.CostTests {
    @Test("From the annotation of a Service to its announcement, a hundred times", .needsLab, .timeLimit(.minutes(10)))
    func announcement() async throws {
        let plane = try await OperatorControlPlane().get()
        let kubectl = try Kubectl(plane)
        let program = try await ProgramUnderMeasure(plane)
        try await plane.withClient { client in
            let cluster = try await EndToEndCluster(plane, client, port: plane.port)
            try await cluster.makeGroup(kubectl)
            try await Lab.with { lab in
                let (visitor, nodes) = try await cluster.hosts(lab)
                try kubectl("apply", "-f", "-", manifest: cluster.service("first", "192.0.2.100"))
                var processes: [LabProcess] = []
                for node in nodes {
                    processes.append(try await node.startAgent())
                    processes.append(try await node.startDaemon())
                }
                _ = try await nodes.owner(of: "192.0.2.100")

                let services = Samples.services.objects(inside: cluster.namespace)
                let tap = try await visitor.tap { $0.isARP }
                let annotation = AnyJSON([
                    "metadata": ["annotations": [ContractNames.groupAnnotation: .string("\(cluster.namespace)/edge")]]
                ])
                var delays: [Duration] = []
                for number in 1...100 {
                    let address = "192.0.2.\(100 + number)"
                    let service = cluster.service("s\(number)", address, annotated: false)
                    try kubectl("apply", "-f", "-", manifest: service)
                    let start = NetworkLab.Timestamp.now
                    _ = try await client.merge(annotation, into: "s\(number)", in: services, as: tester)
                    let announcement = try await tap.next("announcement of \(address)", within: .seconds(10)) {
                        $0.arp?.isGratuitous == true && $0.arp?.senderAddress.description == address
                    }
                    delays.append(announcement.time - start)
                }
                delays.sort()
                print(
                    """
                    from the annotation to the announcement, of which 300 ms are the protocol's own wait:
                      median \(delays[49]), p95 \(delays[94]), p99 \(delays[98]), longest \(delays[99])
                    """)
                #expect(delays[98] <= .milliseconds(500))
                #expect(processes.allSatisfy { $0.exitStatus == nil })
            }
        }
        program.stop()
    }
}
