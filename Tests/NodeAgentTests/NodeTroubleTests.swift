import ClusterObjects
import ControlProtocol
import JSONDocument
import KubernetesAPI
import NodeAgent
import Testing
import VIPPlanning
import VRRP

@Suite("What a node says of a router that its vrrpd keeps out of the election")
struct NodeTroubleTests {
    private static let node = "n1.example"
    private static let now = Timestamp(seconds: 1_800_000_000)
    private static let missing = #"{"kind": "interface-missing", "name": "eth9"}"#
    private static let noEndpoint =
        #"{"kind": "tracked-external", "name": "endpoints of shop/web at port 31234"}"#

    /// What vrrpd says of the router, with faults as they are written.
    private func router(_ faults: [String], since seconds: Int = 60, _ state: String = "initialize") throws
        -> VirtualRouterStatus
    {
        let text = """
            {"name": "edge shop/web IPv4", "interface": "eth9", "family": "ipv4", "virtualRouterID": 51, "version": 3,
            "state": "\(state)", "sinceSeconds": \(seconds), "priority": 200, "definedPriority": 200,
            "destinations": [], "advertisementIntervalMilliseconds": 100, "timers": {}, "addresses": [], "counters": {},
            "faults": [\(faults.joined(separator: ", "))]}
            """
        return try VirtualRouterStatus(JSONReader(try JSONNode.parse(text)))
    }

    private func object(_ conditions: [Condition]? = nil) -> KubernetesAPI.VirtualRouter {
        let spec = KubernetesAPI.VirtualRouter.Spec(
            group: "edge", service: .init(namespace: "shop", name: "web"), virtualRouterID: 51, family: "IPv4",
            version: 3, addresses: ["192.0.2.100"], members: [.init(node: Self.node, priority: 200)])
        var object = KubernetesAPI.VirtualRouter(
            metadata: ObjectMeta(name: "edge.shop.web.ipv4", namespace: "ingress"), spec: spec)
        object.status = conditions.map { conditions in
            var status = KubernetesAPI.VirtualRouter.Status()
            status.conditions = conditions
            return status
        }
        return object
    }

    /// The router as it is planned for a Service with the policy Local.
    private var local: PlannedRouter {
        get throws {
            var object = object()
            object.spec.interface = "eth9"
            object.spec.advertisementInterval = "100ms"
            object.spec.key = "shop/web"
            object.spec.healthCheckNodePort = 31_234
            return try PlannedRouter(object)
        }
    }

    private func absence(
        _ router: VirtualRouterStatus?, _ planned: PlannedRouter? = nil, _ conditions: [Condition]? = nil
    ) -> NodeDefinitions.Obstacle.Reason? {
        NodeTrouble.absence(of: router, planned, on: object(conditions), of: Self.node)
    }

    @Test("A fault is told in its own words, as something that keeps the node out")
    func fault() throws {
        let reason = try #require(absence(try router([Self.missing])))
        #expect(reason.name == "NotTakingPart")
        #expect(reason.description == "the node takes no part: interface eth9 does not exist")
        let conditions = NodeTrouble.conditions(
            on: object(), of: Self.node, isActive: false, [.optionsRefused, reason], at: Self.now)
        let told = try #require(conditions?.first)
        #expect(told.type == "n1.example/Degraded" && told.status == "True" && told.reason == "NotTakingPart")
        #expect(object(conditions).nodesOutside == [Self.node])
    }

    @Test("Not told is a node that takes part, one whose vrrpd says nothing, and a moment")
    func nothing() throws {
        #expect(absence(nil) == nil)
        #expect(absence(try router([], "backup")) == nil)
        #expect(absence(try router([])) == nil)
        #expect(absence(try router([Self.missing], since: 4)) == nil)
        #expect(absence(try router([Self.missing], since: 5)) != nil)
    }

    @Test("A node without an endpoint is not meant to take part, whatever else it lacks")
    func endpoints() throws {
        let local = try local
        #expect(absence(try router([Self.noEndpoint]), local) == nil)
        #expect(absence(try router([Self.noEndpoint, Self.missing]), local) == nil)
        #expect(absence(try router([Self.missing]), local) != nil)
    }

    @Test("What is told stays over a start of vrrpd, and while it does not answer, and goes when it is over")
    func told() throws {
        let reason = try #require(absence(try router([Self.missing])))
        let told = try #require(
            NodeTrouble.conditions(on: object(), of: Self.node, isActive: false, [reason], at: Self.now))
        #expect(absence(try router([Self.missing], since: 0), nil, told) == reason)
        func conditions(_ isActive: Bool?, _ obstacles: [NodeDefinitions.Obstacle.Reason]) -> [Condition]? {
            NodeTrouble.conditions(on: object(told), of: Self.node, isActive: isActive, obstacles, at: Self.now)
        }
        #expect(conditions(nil, []) == nil && conditions(false, [reason]) == nil)
        #expect(conditions(false, [])?.map(\.status) == ["False"])
        #expect(conditions(true, [])?.map(\.status) == ["False"])
        #expect(conditions(nil, [.optionsRefused])?.map(\.reason) == ["OptionsRefused"])
    }
}
