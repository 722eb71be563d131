import Foundation
import Logging
import ManifestFolder
import Telemetry
import Testing

@testable import NodeAgentService

@Suite("What an agent knows of a folder of manifests beside its virtual routers", .timeLimit(.minutes(1)))
struct FolderInsightTests {
    private static let group = """
        apiVersion: redhatcop.redhat.io/v1alpha1
        kind: KeepalivedGroup
        metadata: {name: edge, namespace: ingress}
        spec: {interface: eth0, blacklistRouterIDs: [1, 2, 3]}
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: node1}
        status: {addresses: [{type: InternalIP, address: 192.0.2.10}]}

        """
    private static let service = """
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          namespace: shop
          annotations: {keepalived-operator.redhat-cop.io/keepalivedgroup: ingress/edge}
        spec: {type: LoadBalancer, loadBalancerIP: 192.0.2.100}

        """

    private func withFolder(_ body: (URL, FolderSource) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "insight-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Self.group.utf8).write(to: folder.appending(path: "edge.yaml"))
        try Data(Self.service.utf8).write(to: folder.appending(path: "web.yaml"))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let source = FolderSource(ManifestFolder(folder.path, writesRecord: false), node: "node1", logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await source.run { _ in } }
            try await body(folder, source)
            group.cancelAll()
        }
    }

    private func wait(for what: String, _ source: FolderSource, _ predicate: (SourceInsight) -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while true {
            let insight = try #require(source.insight)
            if predicate(insight) { return }
            try #require(ContinuousClock.now < end, "\(what): \(insight)")
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func text(_ source: FolderSource) -> String {
        Exposition.text(
            of: AgentFamilies(
                generation: 1, virtualRouters: 1, counts: AgentCounts(), obstacles: [], endpoints: [:],
                insight: source.insight
            ).families)
    }

    @Test("The identifiers that its groups have left, and what is wrong with its files, are metrics")
    func metrics() async throws {
        try await withFolder { folder, source in
            try await wait(for: "the plan", source) { !$0.headroom.isEmpty }
            #expect(source.insight?.headroom == [RouterIDHeadroom(segment: "ingress/edge", free: 251, usable: 252)])
            let good = text(source)
            for line in [
                #"vrrp_router_ids_free{segment="ingress/edge"} 251"#,
                #"vrrp_router_ids_usable{segment="ingress/edge"} 252"#,
                #"vrrp_agent_manifest_findings{severity="error"} 0"#,
                #"vrrp_agent_manifest_findings{severity="warning"} 0"#,
            ] {
                #expect(good.contains("\n\(line)\n"), "\(line) is not in \(good)")
            }

            try Data("a: [".utf8).write(to: folder.appending(path: "bad.yaml"))
            try await wait(for: "the error", source) { $0.findings[.error] == 1 }
            #expect(text(source).contains("\nvrrp_agent_manifest_findings{severity=\"error\"} 1\n"))
            #expect(source.insight?.headroom.first?.free == 251, "what was in force stays")
        }
    }

    @Test("An agent of a cluster leaves that to the operator")
    func cluster() {
        let families = AgentFamilies(
            generation: 1, virtualRouters: 1, counts: AgentCounts(), obstacles: [], endpoints: [:], insight: nil
        ).families
        #expect(!families.contains { $0.name.hasPrefix("vrrp_router_ids") || $0.name.contains("manifest") })
    }
}
