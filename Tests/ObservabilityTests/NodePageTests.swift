import ClusterObjects
import ControlProtocol
import JSONDocument
import KubernetesAPI
import StatusServer
import Testing
import VIPPlanning
import VRRP

@testable import NodeAgentService

@Suite("What a node's page says")
struct NodePageTests {
    private static let time = WallTime(millisecondsSinceEpoch: 1_796_000_000_000)

    /// What vrrpd says of the router.
    private func status(
        _ state: String, active: String? = nil, activePriority: Int64? = nil, interval: Int = 100,
        activeDown: Int? = nil, faults: [JSONValue] = []
    ) throws -> VirtualRouterStatus {
        let timers: JSONValue =
            activeDown.map {
                [
                    "activeDownMilliseconds": .integer(Int64($0)),
                    "activeAdvertisementIntervalMilliseconds": .integer(Int64(interval)),
                ]
            } ?? [:]
        let text = """
            {"name": "edge shop/web IPv4", "interface": "eth0", "family": "ipv4", "virtualRouterID": 51, "version": 3,
            "state": "\(state)", "sinceSeconds": 5, "priority": 200, "definedPriority": 200,
            "activeRouter": \((active.map(JSONValue.string) ?? .null).text()),
            "activePriority": \((activePriority.map(JSONValue.integer) ?? .null).text()), "destinations": [],
            "advertisementIntervalMilliseconds": 100, "timers": \(timers.text()),
            "faults": \(JSONValue.array(faults).text()),
            "addresses": [{"address": "192.0.2.100", "prefixLength": 32, "advertised": true, "present": true}],
            "counters": {}}
            """
        return try VirtualRouterStatus(JSONReader(try JSONNode.parse(Array(text.utf8))))
    }

    private func planned(endpointsAt port: Int? = nil, hasAddresses: Bool = true) throws -> PlannedRouter {
        var spec = KubernetesAPI.VirtualRouter.Spec(
            group: "edge", service: .init(namespace: "shop", name: "web"), virtualRouterID: 51, family: "IPv4",
            version: 3, addresses: ["192.0.2.100"],
            members: [
                .init(node: "n1", priority: 254, address: "192.0.2.1"),
                .init(node: "n2", priority: 253, address: "192.0.2.2"),
                .init(node: "n3", priority: 252, address: "192.0.2.3"),
            ])
        if !hasAddresses { for place in spec.members.indices { spec.members[place].address = nil } }
        spec.interface = "eth0"
        spec.healthCheckNodePort = port
        return try PlannedRouter(
            KubernetesAPI.VirtualRouter(metadata: ObjectMeta(name: "edge.web", namespace: "ingress"), spec: spec))
    }

    private func row(
        _ status: VirtualRouterStatus, _ planned: PlannedRouter?, on node: String, isDrained: Bool = false
    ) -> PageVirtualRouter {
        PageVirtualRouter(status, of: planned, on: node, isDrained: isDrained, at: Self.time)
    }

    @Test("The owner's node says who is next, and after how long without an advert of its own")
    func nextOfOwner() throws {
        let row = row(try status("active"), try planned(), on: "n1")
        #expect(row.owners.map(\.node) == ["n1"])
        #expect(row.successor == .init(node: "n2", afterMilliseconds: 301.171875))
    }

    @Test("A backup names the best one beside the owner, not itself, and the whole time, not what is left of it")
    func nextOfBackup() throws {
        let backup = try status("backup", active: "192.0.2.1", interval: 200, activeDown: 17)
        let row = row(backup, try planned(), on: "n3")
        #expect(row.owners.map(\.node) == ["n1"])
        #expect(row.successor == .init(node: "n2", afterMilliseconds: 602.34375))
        let second = try status("backup", active: "192.0.2.2", activeDown: 17)
        #expect(self.row(second, try planned(), on: "n3").successor?.node == "n1")
        let own = self.row(try status("backup", active: "192.0.2.1", activeDown: 17), try planned(), on: "n2")
        #expect(own.successor?.node == "n2")
    }

    @Test("Where the nodes' addresses are not known the owner is told by its priority, or nobody is said to be next")
    func ownerByPriority() throws {
        let planned = try planned(hasAddresses: false)
        let heard = row(
            try status("backup", active: "192.0.2.1", activePriority: 254, activeDown: 17), planned, on: "n3")
        #expect(heard.owners.map(\.node) == ["n1"] && heard.successor?.node == "n2")
        let leaving = row(
            try status("backup", active: "192.0.2.1", activePriority: 1, activeDown: 17), planned, on: "n3")
        #expect(leaving.owners.map(\.node) == ["192.0.2.1"] && leaving.successor == nil)
    }

    @Test("A node that leaves its part to others is not next; of members that are not known nobody is")
    func nextUnknown() throws {
        let backup = try status("backup", active: "192.0.2.1", activeDown: 17)
        #expect(row(backup, try planned(), on: "n2", isDrained: true).successor?.node == "n3")
        #expect(row(backup, nil, on: "n2").successor == nil)
        #expect(row(try status("initialize"), try planned(), on: "n2").successor == nil)
    }

    private static let withoutEndpoint: JSONValue = [
        "kind": "tracked-external", "name": "endpoints of shop/web at port 30000",
    ]
    private static let interfaceDown: JSONValue = ["kind": "interface-down", "name": "eth0"]

    @Test("A node without an endpoint of a Service with the policy Local is as well as any other")
    func withoutEndpoint() throws {
        let local = try planned(endpointsAt: 30_000)
        let router = try status("initialize", faults: [Self.withoutEndpoint])
        let row = row(router, local, on: "n2")
        #expect(row.isAside && row.explanation == "no endpoint here" && row.faults.isEmpty)
        #expect(try node([router], local) == PageNode(name: "n2", state: .ready, activeRouters: 0, virtualRouters: 1))
    }

    @Test("Any other fault, also beside that one, is shown and makes the node faulty")
    func faults() throws {
        let local = try planned(endpointsAt: 30_000)
        for faults in [[Self.interfaceDown], [Self.withoutEndpoint, Self.interfaceDown]] {
            let router = try status("initialize", faults: faults)
            let row = row(router, local, on: "n2")
            #expect(!row.isAside && row.faults.contains("interface eth0 is down"))
            #expect(!row.isOwnerKnown && row.owners.isEmpty, "it does not hear who is active")
            #expect(try node([router], local).state == .faulty)
        }
        // What is tracked where no endpoint is looked for is something else.
        let router = try status("initialize", faults: [Self.withoutEndpoint])
        #expect(!row(router, try planned(), on: "n2").isAside)
        #expect(try node([router], try planned()).explanation == "1 virtual router cannot take part")
        for name in ["maintenance", "endpoints of shop/web", "endpoints of shop/other at port 30000"] {
            let router = try status("initialize", faults: [["kind": "tracked-external", "name": .string(name)]])
            #expect(!row(router, local, on: "n2").isAside, "\(name)")
            #expect(try node([router], local).state == .faulty)
        }
    }

    @Test("A drained node says so, and one whose vrrpd does not answer that")
    func states() throws {
        let router = try status("backup", active: "192.0.2.1", activeDown: 17)
        #expect(try node([router], try planned(), isDrained: true).state == .draining)
        #expect(try node([router], try planned(), isDrained: true, problem: "gone").state == .silent)
    }

    private func node(
        _ routers: [VirtualRouterStatus], _ planned: PlannedRouter, isDrained: Bool = false, problem: String? = nil
    ) throws -> PageNode {
        let text = """
            {"time": "2026-01-01T00:00:00.000Z", "generation": 1, "daemon": {"version": "1", "processID": 1,
            "uptimeSeconds": 1, "definitionsFile": "a", "lastLoad": {"time": "2026-01-01T00:00:00.000Z"}},
            "virtualRouters": [], "receivers": []}
            """
        var status = try NodeStatus(JSONReader(try JSONNode.parse(Array(text.utf8))))
        status.virtualRouters = routers
        status.isDrained = isDrained
        return PageNode(
            status, of: Dictionary(uniqueKeysWithValues: routers.map { ($0.name, planned) }), on: "n2",
            problem: problem)
    }
}
