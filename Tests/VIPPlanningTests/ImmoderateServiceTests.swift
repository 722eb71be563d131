import ProcessorClock
import Testing
import VIPPlanning
import VRRP

@Suite("A Service that asks for far too much")
struct ImmoderateServiceTests {
    /// What 40,000 addresses look like.
    enum Kind: CaseIterable {
        case usable, malformed, notAdmitted, ofNodes, spread
    }

    private func cluster(_ kind: Kind, named name: String = "many") -> Cluster {
        var cluster = Cluster()
        let addresses = (0..<40_000).map { number in
            kind == .malformed ? "address \(number)" : "10.1.\(number / 256).\(number % 256)"
        }
        switch kind {
        case .usable, .malformed, .spread: break
        case .notAdmitted: cluster.group.admittedNetworks = []
        case .ofNodes:
            cluster.input.nodes = (0..<1100).map { number in
                Node("node\(number)", addresses: [IPAddress("10.1.\(number / 256).\(number % 256)")!])
            }
        }
        cluster.add(name, addresses, spreads: kind == .spread)
        return cluster
    }

    @Test(
        "of 40,000 addresses is told in a few findings, one of them counting the rest, in a moment",
        arguments: Kind.allCases)
    func findings(kind: Kind) throws {
        let cluster = cluster(kind)
        var plan: Plan?
        let time = processorTime { plan = cluster.input.plan() }
        let problems = try #require(plan).problems(of: ObjectName("web", "many"))
        #expect(problems.contains(.addressesNotLookedAt(surplus: 38_976)))
        #expect(problems.count <= 36)
        if [.malformed, .notAdmitted, .ofNodes].contains(kind) { #expect(problems.contains(.more(count: 992))) }
        #expect(try #require(plan).problems(of: cluster.group).count <= 36)
        // As measured without optimization, times five.
        #expect(time <= .seconds(4))
    }

    @Test("is told of few of those who want what it has, and of how many there are")
    func rivals() {
        var cluster = Cluster()
        let addresses = (0..<200).map { "192.0.2.\($0)" }
        for number in 0..<50 { cluster.add("s\(1000 + number)", addresses, createdAt: Int64(number)) }
        let plan = cluster.plan()
        let told = plan.problems(of: ObjectName("web", "s1000"))
        #expect(told.count == 33 && told.last == .more(count: 49 * 200 - 32))
        let refused = plan.problems(of: ObjectName("web", "s1049"))
        #expect(refused.count == 33 && refused.last == .more(count: 168))
    }

    @Test("keeps what is said of its group short: routers that wait are counted, and a few are named")
    func waitingRouters() throws {
        let cluster = cluster(.spread)
        let plan = cluster.input.plan()
        let pending = plan.problems(of: cluster.group).compactMap { problem in
            if case .routerIDsKept(let keys, let count) = problem { (keys, count) } else { nil }
        }
        #expect(pending.count == 1)
        let (keys, count) = try #require(pending.first)
        #expect(keys.count == 5 && plan.routers.count == 239 && count == 1024 - 239)
        #expect(
            Finding.Problem.routerIDPending(keys: ["a/b"], count: 1).description
                == "no virtual router identifier is free for a/b")
        #expect(
            Finding.Problem.routerIDPending(keys: ["a/b", "a/c"], count: 9).description
                == "no virtual router identifier is free for a/b, a/c and 7 more")
    }
}
