import KubernetesAPI
import StatusServer
import Testing

@testable import GroupOperatorService

@Suite("What the cluster's page says", .timeLimit(.minutes(2)))
struct ClusterViewTests {
    private static let now: Int64 = 1_796_000_000
    private let routers = SampleCluster.routers(now: Self.now)

    private func snapshot(_ change: (inout ClusterView) -> Void = { _ in }) -> PageSnapshot {
        var view = ClusterView(
            routers: routers, groups: SampleCluster.groups(now: Self.now), nodes: SampleCluster.nodes())
        change(&view)
        return view.snapshot(at: PageTime(millisecondsSinceEpoch: Self.now * 1000))
    }

    @Test("A row has the owner, since when, the group, the Service, the members, conflicts, and who is next and when")
    func row() throws {
        let rows = snapshot().virtualRouters
        #expect(rows.map(\.belongsTo) == ["Service shop/api", "Service shop/mail", "Service shop/web"])
        let web = try #require(rows.last)
        #expect(web.name == "ingress/edge.web.shop" && web.group == "ingress/edge" && web.interface == "bond0")
        let since = PageTime(millisecondsSinceEpoch: (Self.now - 864_000) * 1000)
        #expect(web.owners == [.init(node: "worker-1", since: since)] && web.addresses.count == 2)
        #expect(web.members.map(\.node) == ["worker-1", "worker-3", "worker-2"] && web.members[1].priority == 253)
        #expect(web.successor == .init(node: "worker-3", afterMilliseconds: 301.171875))
        let api = try #require(rows.first)
        #expect(api.conflicts == 12 && api.faults == ["worker-3: there is no interface bond0"])
        // The second best has no interface, and the best is not the owner.
        #expect(api.owners.map(\.node) == ["worker-2"] && api.successor?.node == "worker-1")
    }

    @Test("Where a node has given up there is no owner, and none where nobody has said anything, which takes a moment")
    func owners() throws {
        let mail = try #require(snapshot().virtualRouters.first { $0.belongsTo == "Service shop/mail" })
        #expect(mail.owners.isEmpty && mail.successor == nil)
        #expect(mail.explanation.hasPrefix("worker-1 no longer holds the addresses"))
        let fresh = snapshot { $0.routers[0].status = nil }
        #expect(fresh.virtualRouters.last?.owners == [])
        let text = "No node has said that it has 192.0.2.17, 192.0.2.18"
        #expect(fresh.warnings.contains { $0.text == text && $0.severity == .critical })
        for (age, isTold) in [(9, false), (10, true)] {
            let new = snapshot { view in
                view.routers[0].status = nil
                view.routers[0].metadata.creationTimestamp = Timestamp(seconds: Self.now - Int64(age))
            }
            #expect(new.warnings.contains { $0.text == text } == isTold)
        }
    }

    @Test("Where the cluster does not hear of the owner, that is told with the time since when")
    func silentOwner() throws {
        let text = "node worker-1 has not been ready since noon"
        let page = snapshot { view in
            var ready = Condition(
                "Ready", false, reason: "ActiveNodeSilent", message: text, at: Timestamp(seconds: Self.now - 7))
            ready.status = "Unknown"
            view.routers[0].status?.conditions = [ready]
        }
        let warning = try #require(page.warnings.first { $0.concern == .ownerSilent })
        #expect(warning.text == "192.0.2.17, 192.0.2.18: \(text)" && warning.severity == .critical)
        #expect(warning.since == PageTime(millisecondsSinceEpoch: (Self.now - 7) * 1000))
        #expect(page.virtualRouters.last?.explanation == text)
    }

    @Test(
        "Warnings come from the conditions of routers and groups, the critical ones first, each once, with the time since when"
    )
    func warnings() {
        let warnings = snapshot().warnings
        let expected: [(PageConcern, String, String, Int64)] = [
            (
                .otherRouter, "Service shop/api",
                "2001:db8:0:1::18: worker-2 hears another router under its identifier",
                30
            ),
            (
                .noOwner, "Service shop/mail",
                "198.51.100.9: worker-1 no longer holds the addresses, and no other node has said that it does", 42
            ),
            (.notAsPlanned, "Service shop/api", "worker-3, for 2001:db8:0:1::18: there is no interface bond0", 500),
            (.groupCondition, "KeepalivedGroup ingress/edge", "shop/legacy: 10.0.0.300 is no address", 7200),
        ]
        #expect(
            warnings
                == expected.map { concern, subject, text, age in
                    PageWarning(
                        concern, subject: subject, text: text,
                        since: PageTime(millisecondsSinceEpoch: (Self.now - age) * 1000))
                })
        let doubled = snapshot { view in
            view.groups[0].status?.conditions?.insert(
                Condition(
                    "Ready", false, reason: "x", message: "shop/legacy: 10.0.0.300 is no address",
                    at: Timestamp(seconds: 0)), at: 0)
        }
        #expect(doubled.warnings.count == warnings.count)
        let image = snapshot { view in
            view.groups[0].status?.conditions = [
                Condition(
                    "ImageAccepted", false, reason: "ImageReplaced", message: "not run", at: Timestamp(seconds: 0)),
                Condition("ReconcileError", false, reason: "x", message: "no error", at: Timestamp(seconds: 0)),
            ]
        }
        #expect(image.warnings.filter { $0.subject.hasPrefix("KeepalivedGroup") }.map(\.text) == ["not run"])
        let outside = snapshot { $0.routers[0].spec.members.removeFirst() }
        #expect(
            outside.warnings.contains {
                $0.text == "worker-1 has 192.0.2.17, 192.0.2.18, though it is no member any more"
            })
    }

    @Test("More warnings than anybody reads are counted, and the worst are shown")
    func manyWarnings() {
        let many = snapshot { view in
            view.routers = (0..<150).map { number in
                var router = self.routers[number < 149 ? 1 : 2]
                router.metadata.name = "router-\(1000 + number)"
                return router
            }
        }
        // 149 routers with a conflict and a node in trouble, one that nobody has, and a group.
        #expect(many.warnings.count == 101)
        #expect(many.warnings.prefix(100).allSatisfy { $0.severity == .critical })
        #expect(many.warnings.last?.text == "200 more warnings are not shown")
    }

    @Test("A conflict that is over is not shown for ever")
    func formerConflict() {
        let calm = snapshot { $0.routers[1].status?.conditions = nil }
        #expect(calm.virtualRouters.first?.conflicts == 0)
    }

    @Test("A node is ready, draining, faulty or silent; one that the cluster does not hear of is not next")
    func nodes() {
        let usual = snapshot().nodes
        #expect(usual.map(\.name) == ["worker-1", "worker-2", "worker-3"])
        #expect(usual.map(\.state) == [.ready, .ready, .faulty])
        #expect(usual.map(\.activeRouters) == [1, 1, 0] && usual.map(\.virtualRouters) == [3, 3, 3])
        let changed = snapshot { view in
            view.nodes[0].spec = Node.Spec()
            view.nodes[0].spec?.unschedulable = true
            view.nodes[1].status?.conditions = [.init(type: "Ready", status: "Unknown")]
            view.nodes[2].status?.conditions = [.init(type: "Ready", status: "False")]
        }
        #expect(changed.nodes.map(\.state) == [.draining, .silent, .silent])
        #expect(changed.virtualRouters.last?.successor == nil)
        let removed = snapshot { $0.nodes.removeFirst() }
        #expect(removed.nodes[0].state == .silent)
    }

    @Test("The time line has what moved while the operator looked: the newest first, with who had the addresses before")
    func moves() async {
        let cluster = SampleCluster(routers)
        #expect(await cluster.page.source.snapshot().transitions.isEmpty)
        cluster.change("edge.web.shop") { router in
            router.status?.activeNode = "worker-3"
            router.status?.activeSince = Timestamp(seconds: Self.now)
        }
        cluster.change("edge.web.shop") { $0.status?.transitions = 8 }
        cluster.change("edge.web.shop") { router in
            router.status?.activeNode = nil
            router.status?.activeSince = nil
            router.status?.conditions = [
                Condition("Ready", false, reason: "NoActiveNode", message: "gone", at: Timestamp(seconds: Self.now))
            ]
        }
        let transitions = await cluster.page.source.snapshot().transitions
        #expect(transitions.map(\.from) == ["worker-3", "worker-1"] && transitions.map(\.to) == ["", "worker-3"])
        #expect(transitions.map(\.reason) == ["gone", "Service shop/web"])
        #expect(transitions.last?.time == PageTime(millisecondsSinceEpoch: Self.now * 1000))
        for number in 0..<300 {
            cluster.change("edge.web.shop") { router in
                router.status?.conditions = nil
                router.status?.activeNode = "worker-\(number % 2)"
            }
        }
        #expect(await cluster.page.source.snapshot().transitions.count == 100)
    }

    @Test("Whoever does not lead says so, and what cannot be followed is told first")
    func absence() async {
        let page = ClusterPage(version: "1.0")
        #expect(await page.source.snapshot().warnings.first?.text.contains("waits for its turn") == true)
        let broken = snapshot { $0.absences = ["What is shown of nodes may be out of date: refused"] }
        #expect(broken.warnings.first?.severity == .critical && broken.warnings.first?.subject == "operator")
    }
}
