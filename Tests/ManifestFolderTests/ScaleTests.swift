import ManifestFolder
import Testing
import VIPPlanning
import VRRP

@Suite("Large folders", .timeLimit(.minutes(2)))
struct ScaleTests {
    @Test(
        "Ten groups of 200 Services are planned within the time of a few looks, and every number is unique in its group"
    )
    func manyServices() throws {
        let folder = try SampleFolder()
        try folder.write("nodes.yaml", Manifest.nodes)
        for group in 0..<10 {
            // Groups without a node in common may have the same numbers.
            let services = (0..<200).map {
                Manifest.service("s\(group)-\($0)", "10.1\(group).0.\($0 + 1)", group: "ingress/edge\(group)")
            }
            let label = "  nodeSelector: {group: g\(group)}"
            try folder.write(
                "group\(group).yaml",
                ([Manifest.group("edge\(group)", label), node(group)] + services).joined(separator: "---\n"))
        }
        let start = ContinuousClock.now
        folder.look()
        let took = ContinuousClock.now - start
        #expect(folder.problems.isEmpty)
        let routers = try folder.plan.routers
        #expect(routers.count == 2000)
        #expect(Set(routers.map { "\($0.group) \($0.routerID)" }).count == 2000)
        #expect(took < .seconds(30), "a debug build on a busy machine")
    }

    private func node(_ group: Int) -> String {
        Manifest.node("other\(group)", "10.200.0.\(group + 1)")
            .replacing("  name: other\(group)\n", with: "  name: other\(group)\n  labels: {group: g\(group)}\n")
    }
}
