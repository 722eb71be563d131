import ClusterObjects
import ControlProtocol
import JSONDocument
import KubernetesAPI
import VIPPlanning
import VRRP

/// What a vrrpd of the tests says.
enum SampleStatus {
    static let start: Int64 = 1_796_000_000_000
    static let name = "edge shop/web IPv4"

    static func router(
        _ state: String, name: String = Self.name, active: String? = nil, activePriority: Int64? = nil,
        faults: [JSONValue] = [], isPresent: Bool = true, counters: JSONValue = [:], group: String? = nil
    ) throws -> VirtualRouterStatus {
        let text = """
            {"name": "\(name)", "interface": "eth0", "family": "ipv4", "virtualRouterID": 51, "version": 3,
            "state": "\(state)", "sinceSeconds": 5, "priority": 200, "definedPriority": 200,
            "activeRouter": \((active.map(JSONValue.string) ?? .null).text()),
            "activePriority": \((activePriority.map(JSONValue.integer) ?? .null).text()),
            "activeForSeconds": \(state == "active" ? "5" : active == nil ? "null" : "8"), "destinations": [],
            "advertisementIntervalMilliseconds": 100, "timers": {}, "faults": \(JSONValue.array(faults).text()),
            "syncGroup": \((group.map(JSONValue.string) ?? .null).text()), "waitsForGroup": \(group != nil),
            "addresses": [
                {"address": "192.0.2.100", "prefixLength": 32, "advertised": true, "present": \(isPresent)}],
            "counters": \(counters.text())}
            """
        return try VirtualRouterStatus(JSONReader(try JSONNode.parse(Array(text.utf8))))
    }

    static func node(
        _ routers: [VirtualRouterStatus], after seconds: Int64 = 0, load: DefinitionsLoad? = nil
    ) throws -> NodeStatus {
        let time = WallTime(millisecondsSinceEpoch: start + seconds * 1000)
        let text = """
            {"time": "\(time)", "generation": 1, "daemon": {"version": "1", "processID": 1, "uptimeSeconds": \(seconds + 1),
            "definitionsFile": "a", "lastLoad": {"time": "2026-01-01T00:00:00.000Z"}},
            "virtualRouters": [], "receivers": []}
            """
        var status = try NodeStatus(JSONReader(try JSONNode.parse(Array(text.utf8))))
        status.virtualRouters = routers
        if let load { status.daemon.lastLoad = load }
        return status
    }

    /// The router as it is planned: n1 is the best of three, then n2.
    ///
    /// - Parameter hasAddresses: whether the nodes' own addresses are known.
    static func planned(hasAddresses: Bool = true, endpointsAt port: Int? = nil) throws -> PlannedRouter {
        var spec = KubernetesAPI.VirtualRouter.Spec(
            group: "edge", service: .init(namespace: "shop", name: "web"), virtualRouterID: 51, family: "IPv4",
            version: 3, addresses: ["192.0.2.100"],
            members: (1...3).map {
                .init(node: "n\($0)", priority: 255 - $0, address: hasAddresses ? "192.0.2.\($0)" : nil)
            })
        spec.interface = "eth0"
        spec.healthCheckNodePort = port
        return try PlannedRouter(
            KubernetesAPI.VirtualRouter(metadata: ObjectMeta(name: "edge.web", namespace: "ingress"), spec: spec))
    }
}
