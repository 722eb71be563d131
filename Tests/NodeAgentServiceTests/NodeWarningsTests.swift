import ControlProtocol
import JSONDocument
import NodeAgent
import StatusServer
import Testing
import VRRP

@testable import NodeAgentService

@Suite("What a node's page warns of")
struct NodeWarningsTests {
    private static let interfaceDown: JSONValue = ["kind": "interface-down", "name": "eth0"]
    private static let time = WallTime(millisecondsSinceEpoch: SampleStatus.start)

    private func warnings(_ change: (inout NodeWarnings) throws -> Void) throws -> [PageWarning] {
        var warnings = NodeWarnings(node: "n1", status: try SampleStatus.node([SampleStatus.router("active")]))
        warnings.planned = [SampleStatus.name: try SampleStatus.planned()]
        try change(&warnings)
        return warnings.all
    }

    @Test("A node that is well has none")
    func none() throws {
        #expect(try warnings { _ in } == [])
        #expect(NodeWarnings(node: "n1").all == [], "nothing is known yet")
    }

    @Test("A vrrpd that does not answer is one, and what it said before is none")
    func silence() throws {
        let all = try warnings {
            $0.engineProblem = "connection refused"
            $0.status = try SampleStatus.node([SampleStatus.router("initialize", faults: [Self.interfaceDown])])
            $0.conflicts = [SampleStatus.name: .init(.otherRouterHeard, since: Self.time)]
        }
        #expect(all.map(\.concern) == [.engineSilent])
        #expect(all.first?.severity == .critical && all.first?.subject == "n1")
        #expect(all.first?.text == "vrrpd does not answer: connection refused")
    }

    @Test("A router that cannot take part says why; one without an endpoint here keeps out of it as it should")
    func faults() throws {
        let all = try warnings {
            $0.status = try SampleStatus.node([SampleStatus.router("initialize", faults: [Self.interfaceDown])])
        }
        #expect(
            all == [
                PageWarning(
                    .notTakingPart, subject: SampleStatus.name, text: "It cannot take part here: interface eth0 is down"
                )
            ])
        let aside: JSONValue = ["kind": "tracked-external", "name": "endpoints of shop/web at port 30000"]
        let local = try warnings {
            $0.planned = [SampleStatus.name: try SampleStatus.planned(endpointsAt: 30_000)]
            $0.status = try SampleStatus.node([SampleStatus.router("initialize", faults: [aside])])
        }
        #expect(local == [])
    }

    @Test("What keeps many out is said once, with how many there are")
    func manyFaults() throws {
        let all = try warnings {
            $0.status = try SampleStatus.node(
                try (1...255).map {
                    try SampleStatus.router("initialize", name: "r\($0)", faults: [Self.interfaceDown])
                })
        }
        #expect(all.map(\.text) == ["255 virtual routers cannot take part: interface eth0 is down"])
        #expect(all.map(\.subject) == ["n1"])
    }

    @Test(
        "A second active router, and an address that is missing, are critical, and said as the cluster's page says them"
    )
    func routers() throws {
        let all = try warnings {
            $0.status = try SampleStatus.node([SampleStatus.router("active", isPresent: false)])
            $0.conflicts = [SampleStatus.name: .init(.otherRouterHeard, since: Self.time)]
        }
        #expect(
            all == [
                PageWarning(
                    .addressesMissing, subject: "Service shop/web",
                    text: "192.0.2.100: n1 is active without 192.0.2.100"),
                PageWarning(
                    .otherRouter, subject: "Service shop/web",
                    text:
                        "192.0.2.100: n1 hears another router under its identifier",
                    since: PageTime(Self.time)),
            ])
        #expect(all.allSatisfy { $0.severity == .critical })
    }

    @Test("Definitions that are refused, left out in part or not written, lateness and a waiting group are told")
    func engine() throws {
        let load = DefinitionsLoad(time: Self.time, error: "line 3: no")
        let refused = try warnings { $0.status = try SampleStatus.node([], load: load) }
        #expect(refused.map(\.concern) == [.definitionsRefused] && refused[0].text.hasSuffix("line 3: no"))
        #expect(refused[0].since == PageTime(Self.time))
        let told = try warnings {
            $0.status = try SampleStatus.node([], load: load)
            $0.refusal = "line 3: no"
        }
        #expect(told.count == 1, "the same is not told twice")
        let partly = try warnings {
            $0.status = try SampleStatus.node([], load: DefinitionsLoad(time: Self.time, isInForce: true, error: "web"))
        }
        #expect(partly.map(\.concern) == [.definitionsPartlyLoaded])
        let others = try warnings {
            $0.lateness = "vrrpd came to a timer late"
            $0.fileProblem = "no space"
            $0.status = try SampleStatus.node([SampleStatus.router("backup", group: "firewall")])
        }
        #expect(others.map(\.concern) == [.definitionsUnwritten, .engineLate, .groupNotReady])
    }

    @Test("What keeps the source from telling more, and routers from being as planned, comes last")
    func source() throws {
        let all = try warnings {
            $0.sourceTroubles = [.unreachable("connection refused"), .unusable("web.yaml, document 1, line 15: no")]
            $0.obstacles = [.init(router: "edge.web", definition: SampleStatus.name, reason: .optionsRefused)]
        }
        #expect(all.map(\.concern) == [.notAsPlanned, .serverSilent, .manifestUnusable])
        #expect(all.allSatisfy { $0.severity == .warning })
        #expect(
            all[1].text == "The API server cannot be followed, and what was in force stays: connection refused")
        #expect(all[2].text == "web.yaml, document 1, line 15: no")
    }
}
