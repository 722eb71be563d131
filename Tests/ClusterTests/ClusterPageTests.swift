import ClusterObjects
import Foundation
import GroupOperator
import GroupOperatorService
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Telemetry
import enum NetworkLab.LoopbackPort
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension OperatorSuites {
    @Suite("The page that it serves of the cluster")
    struct ClusterPageTests {
        /// A part of what the page's JSON says.
        private struct Page: Decodable {
            struct Router: Decodable {
                struct Owner: Decodable { var node: String }

                var belongsTo: String
                var group: String
                var owners: [Owner]
                var successor: Owner?
            }

            struct Warning: Decodable {
                var subject: String
                var text: String
            }

            struct Transition: Decodable {
                var from: String
                var to: String
            }

            var warnings: [Warning]
            var virtualRouters: [Router]
            var transitions: [Transition]
        }

        @Test("It follows what agents write: nobody, an owner, a move; the metrics stay where they were")
        func following() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            let port = try LoopbackPort.free()
            let change = { (options: inout OperatorOptions) in
                options.metricsAddress = ListenAddress(host: "127.0.0.1", port: UInt16(port))
            }
            try await plane.withOperator(change) { client in
                @Sendable func answer(_ path: String) async throws -> Data {
                    let url = try #require(URL(string: "http://127.0.0.1:\(port)\(path)"))
                    return try await URLSession.shared.data(from: url).0
                }
                @Sendable func page() async throws -> Page {
                    try JSONDecoder().decode(Page.self, from: try await answer("/page.json"))
                }
                let namespace = try await plane.namespace(client)
                let subject = "Service \(namespace)/web"
                @Sendable func row() async throws -> Page.Router? {
                    try await page().virtualRouters.first { $0.belongsTo == subject }
                }
                try await client.create(
                    Samples.group("edge", namespace), in: KeepalivedGroup.inside(namespace), as: tester)
                try await client.create(
                    Samples.service("web", namespace, in: "\(namespace)/edge", ["192.0.2.91"]),
                    in: Samples.services.objects(inside: namespace), as: tester)
                // Its server may not listen yet.
                #expect(try await eventually { (try? await row())?.owners.isEmpty == true })
                #expect(try await row()?.group == "\(namespace)/edge")
                // Nothing is wrong with that in the first seconds.
                let isTold = try await page().warnings.contains { $0.subject == subject }
                let router = try await client.get("edge.\(namespace).web.ipv4", from: VirtualRouter.inside(namespace))
                if let beginning = router.beginning, .now < beginning { #expect(!isTold) }
                #expect(
                    try await eventually {
                        try await page().warnings.contains {
                            $0.subject == subject && $0.text == "No node has said that it has 192.0.2.91"
                        }
                    })

                let routers = VirtualRouter.inside(namespace)
                let name = "edge.\(namespace).web.ipv4"
                let members = try await client.get(name, from: routers).spec.members.map(\.node)
                for node in members[..<2] {
                    var router = try await client.get(name, from: routers)
                    router.status = VirtualRouter.Status()
                    router.status?.activeNode = node
                    try await client.applyStatus(of: router, in: routers, as: tester)
                    #expect(try await eventually { try await row()?.owners.map(\.node) == [node] })
                }
                #expect(try await row()?.successor?.node == members[0])
                #expect(try await page().warnings.contains { $0.subject == subject } == false)
                let moves = try await page().transitions.filter { members.contains($0.to) }
                #expect(moves.map(\.from) == [members[0], ""] && moves.map(\.to) == [members[1], members[0]])
                #expect(String(decoding: try await answer("/"), as: UTF8.self).contains("<title>Virtual IP addresses"))
                #expect(
                    String(decoding: try await answer("/metrics"), as: UTF8.self).contains("vrrp_operator_leading 1"))
            }
        }
    }
}
